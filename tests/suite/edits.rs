//! Edits of YAML in odd layouts: what is outside stays byte for byte, and what is read is what was meant.

use proptest::prelude::*;
use serde_json::{Value, json};
use stepbook::diagnostic::{At, Diagnostic, Edit, Replacement, Rule, Severity, Source, Sources};
use stepbook::yaml::{Content, MAX_NODES, Node, Reader, parse};

/// A text with its places, and what it reads as.
fn read(text: &str) -> (Sources, Value, Vec<(String, At)>) {
    let mut reader = Reader::new(0);
    let root = parse(text, MAX_NODES, &mut reader).unwrap_or_else(|| panic!("no YAML:\n{text}"));
    let mut places = Vec::new();
    let value = value(&root, &mut places);
    let (marks, diagnostics) = reader.finish();
    assert!(diagnostics.is_empty(), "{diagnostics:?}\n{text}");
    let source = Source {
        path: "a.yaml".to_owned(),
        text: text.into(),
        marks,
    };
    (Sources(vec![source.into()]), value, places)
}

/// What a node holds; every scalar with its place is added to `places`, and every key by the name `key NAME`.
fn value(node: &Node<'_>, places: &mut Vec<(String, At)>) -> Value {
    match &node.content {
        Content::Null => Value::Null,
        Content::Scalar(text) => {
            places.push((text.to_string(), node.at));
            json!(text)
        }
        Content::List(nodes) => nodes.iter().map(|node| value(node, places)).collect(),
        Content::Map(entries) => entries
            .iter()
            .map(|(key, node)| {
                let at = At {
                    node: node.at.node - 1,
                    ..node.at
                };
                places.push((format!("key {key}"), at));
                (key.to_string(), value(node, places))
            })
            .collect(),
    }
}

fn apply(text: &str, replacements: &[Replacement]) -> String {
    let mut new = text.to_owned();
    for it in replacements.iter().rev() {
        new.replace_range(it.range.clone(), &it.text);
    }
    new
}

/// A line break, blanks and comments in every form that may stand between two entries of a block.
fn between() -> impl Strategy<Value = String> {
    let extra = prop_oneof![
        4 => Just(""),
        1 => Just("\n"),
        1 => Just("\n   \n"),
        1 => Just("      # wrod: [wrod] 备注\n"),
    ];
    let comment = prop_oneof![
        Just(""),
        Just(" # wrod"),
        Just("  "),
        Just("\t# 见 wrod: 'x")
    ];
    (comment, extra).prop_map(|(comment, extra)| format!("{comment}\n{extra}"))
}

/// A value that is not the word in question, in every style.
fn other() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("plain text, wrods"),
        Just("\"wrod \\\" 引号 \\u0041\""),
        Just("'it''s wrod'"),
        Just("余额 0.00，wrod"),
        Just("[wrod-s, 'b', {c: \"wrods\"}]"),
        Just("{}"),
        Just("~"),
        Just("&a wrod-x"),
        Just("|\n      wrod: literal\n      # no comment"),
        Just(">-\n      folded\n      wrod"),
        Just("two\n      lines of wrod"),
        Just(""),
    ]
}

/// The word in question as a value, in every style that can be edited.
fn word() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("wrod"),
        Just("'wrod'"),
        Just("\"wrod\""),
        Just("[wrod]"),
        Just("[a, 'wrod' , b]"),
        Just("[ \"wrod\", ]"),
        Just("{k: wrod}"),
        Just("{ 'k' : \"wrod\" , l: [ ] }"),
        Just("{wrod: k}"),
        Just("{\"wrod\": k}"),
        Just("&anchor wrod"),
        Just("!!str 'wrod'"),
        Just("\n      wrod"),
        Just("\n    - wrod"),
        Just("\n    -   k: wrod"),
        Just("\n      wrod: 1"),
        Just("\n      'wrod' : 1"),
    ]
}

prop_compose! {
    /// A file with the word in it once as a key or a value.
    fn file()(
        before in prop::collection::vec((other(), between()), 0..4),
        word in word(),
        end in between(),
        behind in prop::collection::vec((other(), between()), 0..4),
        crlf in any::<bool>(),
        last in any::<bool>(),
        start in prop_oneof![Just(""), Just("---\n"), Just("# wrod\n\n"), Just("%YAML 1.2\n---\n")],
    ) -> String {
        let mut text = format!("{start}list:\n  - first: 1\n");
        let entries = before
            .into_iter()
            .chain([(word, end)])
            .chain(behind);
        for (number, (value, end)) in entries.enumerate() {
            // A comment cannot stand in a block of text, nor behind one.
            let block = value.contains('\n') && !value.starts_with('\n');
            let end = if block { "\n" } else { &end };
            let anchor = value.replace("&a", &format!("&a{number}"));
            text.extend(["    键", &number.to_string(), ": ", &anchor, end]);
        }
        if last {
            text.truncate(text.trim_end().len());
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_word_is_written_and_nothing_else_changes(text in file()) {
        let (sources, before, places) = read(&text);
        let found: Vec<At> = places
            .iter()
            .filter(|(text, _)| matches!(text.as_str(), "wrod" | "key wrod"))
            .map(|(_, at)| *at)
            .collect();
        prop_assert_eq!(found.len(), 1, "{}", text);
        let edit = Edit::word(found[0], "wrod", "word");
        let replacements = edit.replacements(&sources).expect("it can be written");
        prop_assert_eq!(replacements.len(), 1);
        let only = &replacements[0];
        prop_assert_eq!(&text[only.range.clone()], "wrod");
        let after = apply(&text, &replacements);
        prop_assert_eq!(after.len(), text.len());
        prop_assert_eq!(&after[..only.range.start], &text[..only.range.start]);
        prop_assert_eq!(&after[only.range.end..], &text[only.range.end..]);
        let (_, value, _) = read(&after);
        let meant = before.to_string().replace("\"wrod\"", "\"word\"");
        prop_assert_eq!(value.to_string(), meant);
    }

    #[test]
    fn an_entry_moves_with_its_comments_and_every_byte_stays(
        entries in prop::collection::vec((entry(), prop_oneof![3 => Just(""), 1 => Just("\n"), 1 => Just(" \n\n")]), 2..6),
        (from, to) in (0..5usize, 0..5usize),
        indent in 0..3usize,
        crlf in any::<bool>(),
        last in any::<bool>(),
        tail in prop_oneof![Just(""), Just("# the end\n"), Just("next: 1\n")],
    ) {
        let count = entries.len();
        let (from, to) = (from % count, to % count);
        prop_assume!(from < to);
        let indent = " ".repeat(indent);
        let mut text = "# top\nlist: # of entries\n".to_owned();
        for (number, (entry, gap)) in entries.iter().enumerate() {
            for line in entry.replace("ID", &number.to_string()).lines() {
                text.extend([&indent, line, "\n"]);
            }
            text += gap;
        }
        text += tail;
        if last {
            text.truncate(text.trim_end().len());
        }
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        let (sources, before, places) = read(&text);
        let entry = |number: usize| {
            let id = format!("e{number}");
            let (_, id) = places.iter().find(|(text, _)| *text == id).expect("it has an id");
            At { node: sources.mark(*id).parent, ..*id }
        };
        let edit = Edit::behind(entry(from), entry(to), "moves it");
        let replacements = edit.replacements(&sources).expect("it can be moved");
        let after = apply(&text, &replacements);
        let sorted = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort_unstable();
            lines
        };
        prop_assert_eq!(sorted(&after), sorted(&text), "{}", after);
        prop_assert_eq!(after.len(), text.len());
        let (_, value, _) = read(&after);
        let mut meant = before;
        let list = meant["list"].as_array_mut().expect("it is a list");
        let moved = list.remove(from);
        list.insert(to, moved);
        prop_assert_eq!(value, meant, "{}", after);
        // The comment right above an entry is still right above it.
        for number in 0..count {
            let mark = format!("# above e{number}");
            let above = |text: &str| {
                let mut lines = text.lines();
                lines.find(|line| line.trim() == mark).map(|_| lines.next().map(str::to_owned))
            };
            prop_assert_eq!(above(&after), above(&text));
        }
    }
}

/// An entry of a list, `ID` its number.
fn entry() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("- id: eID"),
        Just("- {id: eID, a: [1, 2]} # flow"),
        Just("# above eID\n- id: eID"),
        Just(
            "# first\n# above eID\n- id: eID # 编号\n  text: 余额\n  # within\n  list:\n    - a\n\n    - b"
        ),
        Just(
            "-   id: eID\n    text: |\n      # no comment\n\n      last\n    more: 'a\n\n      b'"
        ),
        Just("- id: eID\n  list:\n  - a # same indent\n  - b\n  # behind"),
    ]
}

static RULE: Rule = Rule {
    code: "SB000",
    name: "a-rule",
    severity: Severity::Error,
    page: "",
};

/// Whether an edit of the word `wrod`, wherever it stands, is offered.
#[track_caller]
fn offered(text: &str) -> bool {
    let (sources, _, places) = read(text);
    let (_, at) = places
        .iter()
        .find(|(text, _)| text.trim() == "wrod")
        .expect("the word is read");
    let edit = Edit::word(*at, "wrod", "word");
    Diagnostic::new(&RULE, *at, "")
        .edit(edit)
        .offer(&sources)
        .is_some()
}

#[test]
fn nothing_is_offered_where_it_is_not_certain() {
    assert!(offered("a: wrod\n"));
    for text in [
        "a: &x wrod\nb: *x\n",
        "a: &x [wrod]\nb: *x\n",
        "a: &x\n  b: {c: wrod}\nd: [*x]\n",
        "a: \"wr\\u006fd\"\n",
        "a: |\n  wrod\n",
        "a: >-\n  wrod\n",
        "a: ' wrod'\n",
    ] {
        assert!(!offered(text), "{text}");
    }
    // An alias elsewhere is no doubt.
    assert!(offered("a: &x 1\nb: *x\nc: wrod\n"));
}

#[test]
fn nothing_is_moved_where_it_is_not_certain_what_belongs_to_what() {
    let moves = |text: &str| {
        let (sources, _, places) = read(text);
        let at = |id: &str| {
            let (_, at) = places
                .iter()
                .find(|(text, _)| text == id)
                .expect("it is there");
            At {
                node: sources.mark(*at).parent,
                ..*at
            }
        };
        Edit::behind(at("one"), at("two"), "")
            .replacements(&sources)
            .is_some()
    };
    assert!(moves("- id: one\n- id: two\n"));
    for text in [
        // In flow style, in another order, in two lists.
        "[{id: one}, {id: two}]",
        "- id: two\n- id: one\n",
        "a:\n  - id: one\nb:\n  - id: two\n",
        // A comment by itself; one that is less indented; the dash elsewhere.
        "- id: one\n\n# what follows\n\n- id: two\n",
        "a:\n  - id: one\n# what follows\n  - id: two\n",
        "-\n  id: one\n-\n  id: two\n",
        // An alias would come before what it repeats; one between is no entry of its own.
        "- id: one\n  a: &x 1\n- id: two\n  b: *x\n",
        "- &y {id: three}\n- id: one\n- *y\n- id: two\n",
        // Empty lines that belong to the text.
        "- id: one\n  a: |+\n    b\n\n- id: two\n",
    ] {
        assert!(!moves(text), "{text}");
    }
}
