//! The measures of the default theme on A4: 12 pt, lines 1.5 high, 178 mm of width. To calibrate, print a sheet, compare its height with
//! what is counted, and change a number here.

// Widths, in hundredths of a full-width character.

/// A character of Chinese.
pub(super) const FULL: u32 = 100;
/// A letter, a digit or a blank of a Latin script, on average.
pub(super) const HALF: u32 = 55;
/// A line of the sheet.
pub(super) const LINE: u32 = 4200;
/// What a line loses where it wraps, because some signs may not begin one and words are not divided.
pub(super) const RAGGED: u32 = 100;
/// A line beside the code that leads to the guide.
pub(super) const LINE_BESIDE_CODE: u32 = 2970;
/// A line of a notice before all steps, or of a stop.
pub(super) const LINE_OF_NOTICE: u32 = 3500;
/// The box before an item.
pub(super) const BOX: u32 = 155;
/// The number of a step.
pub(super) const NUMBER: u32 = 170;
/// What a warning in a step leaves free at its end.
pub(super) const WARNING_END: u32 = 350;
/// Between two warnings side by side, and before blanks.
pub(super) const INDENT: u32 = 100;
/// The dotted leader at its shortest.
pub(super) const LEADER: u32 = 145;
/// The column of what is expected.
pub(super) const EXPECT: u32 = 1900;
/// The same in branches, conditional steps, other words of a step and materials, where it is as wide as it must be,
/// up to this.
pub(super) const EXPECT_FREE: u32 = 3100;
/// A blank to write in, with the space before it.
pub(super) const BLANK: u32 = 995;
/// Between a blank and the next.
pub(super) const BLANK_GAP: u32 = 95;
/// The words before the answers.
pub(super) const SITUATION: u32 = 500;
/// Between a question and its options, and between two options.
pub(super) const OPTION_GAP: u32 = 90;
/// How much wider a heading is than text.
pub(super) const HEADING_PERCENT: u32 = 117;

// Words of the theme, as widths.

/// The word and the colon before what ends and what stays.
pub(super) const SCOPE: u32 = 400;
/// The word and the colon before a notice or a caution.
pub(super) const LABEL: u32 = 300;
/// The sentence that a step cannot be undone.
pub(super) const IRREVERSIBLE: u32 = 800;
/// Brackets and words around a condition or a branch.
pub(super) const CONDITION: u32 = 550;
/// Words around the condition of other words for a step.
pub(super) const OTHER_WORDS: u32 = 700;
/// To which step a branch goes on.
pub(super) const JUMP: u32 = 700;
/// That a branch ends there.
pub(super) const JUMP_TO_END: u32 = 500;
/// Words around what the screen says.
pub(super) const UI_LABEL: u32 = 900;
/// How long a step takes, with brackets; a time as a fact.
pub(super) const WAIT: u32 = 1200;
/// Words around what a step costs.
pub(super) const COST: u32 = 500;
/// That only the last four characters are written.
pub(super) const LAST_FOUR: u32 = 700;
/// How a material is brought: original and copies.
pub(super) const KINDS: u32 = 1100;
/// How the list is used, beside the first heading.
pub(super) const MODE: u32 = 1200;
/// The words that something is not verified, with their stop.
pub(super) const UNVERIFIED: u32 = 1300;
/// The day on which a channel was looked at, with brackets.
pub(super) const CHECKED: u32 = 1000;

// Heights, in hundredths of a line.

/// A line of text.
pub(super) const HEIGHT: u32 = 100;
/// The code that leads to the guide with its words: what stands beside it is at least as high.
pub(super) const CODE: u32 = 575;
/// A banner: draft, suspended, not possible.
pub(super) const BANNER: u32 = 200;
/// A heading with the space above it.
pub(super) const HEADING: u32 = 133;
/// The rule between two items.
pub(super) const RULE: u32 = 4;
/// A row of blanks.
pub(super) const BLANKS: u32 = 110;
/// The last line and the places to sign.
pub(super) const SIGN_OFF: u32 = 510;
/// What a side of paper holds below the head that is repeated on each.
pub(super) const SIDE: u32 = 4040;
