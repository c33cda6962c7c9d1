//! `link`: one address on stdout, or candidates in words on stderr.

use serde_json::Value;

use crate::harness::Site;

const STEP: &str = "https://pos-guide.example/leshua/deregistration/#verify-identity";

#[test]
fn the_address_of_the_step_that_fits_is_printed_alone() {
    let site = Site::own();
    let run = site.run(&["link", "ls", "yzsf", "乐刷"]);
    assert_eq!(
        (run.stdout, run.code),
        (format!("{STEP}\n"), Some(0)),
        "{}",
        run.stderr
    );
    let run = site.run(&[
        "link",
        "乐刷验证身份",
        "--base-url",
        "https://other.example/guides/",
    ]);
    assert_eq!(
        run.stdout,
        "https://other.example/guides/leshua/deregistration/#verify-identity\n"
    );
    let run = site.run(&["link", "lakala"]);
    assert_eq!(
        run.stdout,
        "https://pos-guide.example/lakala/deregistration/\n"
    );
}

#[test]
fn markdown_and_message_name_the_action() {
    let site = Site::own();
    let run = site.run(&["link", "leshua", "verify-identity", "--format", "markdown"]);
    assert_eq!(run.stdout, format!("[按要求核验身份]({STEP})\n"));
    let message = |site: &Site| {
        site.run(&["link", "leshua", "verify-identity", "--format", "message"])
            .stdout
    };
    let theme = message(&site);
    assert!(
        theme.contains("乐刷") && theme.contains("按要求核验身份") && theme.contains(STEP),
        "{theme}"
    );
    site.write(
        "content/site.yaml",
        site.read("content/site.yaml") + "agent_message: \"{url} ({action}, {provider})\"\n",
    );
    assert_eq!(message(&site), format!("{STEP} (按要求核验身份, 乐刷)\n"));
}

#[test]
fn a_title_in_markdown_ends_no_link() {
    let site = Site::base();
    let path = "content/procedures/bicycle-return.yaml";
    let text = site.read(path);
    let title = text
        .lines()
        .find(|line| line.starts_with("title: "))
        .expect("it has a title");
    site.write(
        path,
        text.replace(title, "title: \"a](https://b.example/) `c\""),
    );
    let run = site.run(&["link", "velo", "--format", "markdown"]);
    assert_eq!(
        run.stdout,
        "[a\\]\\(https\\:\\/\\/b\\.example\\/\\) \\`c](https://bicycles.internal/velo/bicycle-return/)\n"
    );
}

#[test]
fn json_has_all_that_fits_best_first() {
    let site = Site::own();
    let run = site.run(&["link", "leshua", "verify-identity", "--format", "json"]);
    assert_eq!(run.code, Some(0));
    let report: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(report["query"], "leshua verify-identity");
    let first = &report["results"][0];
    let keys: Vec<&String> = first.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        [
            "action",
            "number",
            "procedure",
            "provider",
            "score",
            "step",
            "url"
        ]
    );
    assert_eq!(
        (&first["step"], &first["url"]),
        (&"verify-identity".into(), &STEP.into())
    );
    assert!(
        first["number"].as_u64() > Some(20) && first["score"].as_i64() > Some(0),
        "{first}"
    );
    let guide: Value =
        serde_json::from_str(&site.run(&["link", "乐刷", "--format", "json"]).stdout)
            .expect("it is JSON");
    let guide = &guide["results"][0];
    assert!(
        guide["step"].is_null() && guide["number"].is_null() && guide["action"].is_null(),
        "{guide}"
    );
    // Results are printed where no single one can be.
    let run = site.run(&["link", "提现", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(
        (report["results"].as_array().map(Vec::len), run.code),
        (Some(6), Some(1))
    );
    let run = site.run(&["link", "zqxj", "--format", "json"]);
    let report: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(
        (report["results"].as_array().map(Vec::len), run.code),
        (Some(0), Some(1))
    );
}

#[test]
fn ambiguous_words_list_the_candidates_and_ids_say_which() {
    let site = Site::own();
    let run = site.run(&["link", "lkl", "余额"]);
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(1)));
    for step in ["clear-balance", "recheck-balance"] {
        let url = format!("https://pos-guide.example/lakala/deregistration/#{step}");
        assert!(run.stderr.contains(&url), "{}", run.stderr);
    }
    let exact = "stepbook link lakala deregistration clear-balance";
    assert!(run.stderr.contains(&format!("`{exact}`")), "{}", run.stderr);
    let words: Vec<&str> = exact.split(' ').skip(1).collect();
    let run = site.run(&words);
    assert_eq!(
        run.stdout,
        "https://pos-guide.example/lakala/deregistration/#clear-balance\n"
    );
}

#[test]
fn what_fits_nothing_and_what_is_too_long_is_said_in_words() {
    let site = Site::own();
    let run = site.run(&["link", "zqxj"]);
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(1)));
    assert!(run.stderr.contains("nothing fits `zqxj`"), "{}", run.stderr);
    let run = site.run(&["link", &"余额".repeat(5000)]);
    assert_eq!((run.stdout.as_str(), run.code), ("", Some(1)));
    assert!(
        run.stderr.contains("more than 100 characters"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.len() < 300, "the words are not said again");
    let run = site.run(&["link"]);
    assert_eq!(run.code, Some(2));
}

#[test]
fn a_qr_code_is_drawn_with_the_address_below() {
    let site = Site::own();
    let run = site.run(&["link", "leshua", "verify-identity", "--format", "qr"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let (address, code) = lines.split_last().expect("there are lines");
    assert_eq!((*address, run.code), (STEP, Some(0)));
    assert!(
        code.iter()
            .all(|line| line.chars().all(|it| " ▀▄█".contains(it))),
        "{}",
        run.stdout
    );
    let width = code[0].chars().count();
    assert!(
        width >= 33 && code.len() == width.div_ceil(2),
        "{} lines of {width}",
        code.len()
    );
}
