//! An address -> the modules of its QR code, for paper and for a terminal.

use fast_qr::{ECL, QRBuilder};

/// White around a code, in modules: ISO/IEC 18004.
pub const QUIET: usize = 4;

/// The modules of a code, row by row, without its quiet zone; whether each is dark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QrCode(Vec<Vec<bool>>);

impl QrCode {
    /// The code of an address at level M, which survives the loss of 15 % of it. None where the address is too long for
    /// any code.
    pub fn of(address: &str) -> Option<Self> {
        let code = QRBuilder::new(address).ecl(ECL::M).build().ok()?;
        let rows =
            (0..code.size).map(|row| code[row].iter().map(|module| module.value()).collect());
        Some(QrCode(rows.collect()))
    }

    /// Its rows.
    pub fn rows(&self) -> &[Vec<bool>] {
        &self.0
    }

    /// The code as text, two rows of modules a line, dark modules as blocks, with its quiet zone.
    pub fn half_blocks(&self) -> String {
        let side = self.0.len() + 2 * QUIET;
        let dark = |row: usize, column: usize| {
            let row = row.checked_sub(QUIET).and_then(|row| self.0.get(row));
            let column = column.checked_sub(QUIET);
            row.zip(column)
                .and_then(|(row, column)| row.get(column))
                .is_some_and(|dark| *dark)
        };
        let mut text = String::new();
        for row in (0..side).step_by(2) {
            for column in 0..side {
                text.push(match (dark(row, column), dark(row + 1, column)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_rows_are_one_line_and_the_quiet_zone_is_white() {
        let code = QrCode::of("https://guides.example/").expect("it is short");
        let text = code.half_blocks();
        let lines: Vec<&str> = text.lines().collect();
        let side = code.rows().len() + 2 * QUIET;
        assert_eq!(lines.len(), side.div_ceil(2));
        assert!(lines.iter().all(|line| line.chars().count() == side));
        assert!(lines[..2].iter().all(|line| line.trim().is_empty()));
        assert!(
            lines[2].starts_with("    █▀▀▀▀▀█ "),
            "the upper half of a finder pattern: {text}"
        );
        assert_eq!(QrCode::of(&"x".repeat(4000)), None, "no code holds it");
    }
}
