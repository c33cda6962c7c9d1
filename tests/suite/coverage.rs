//! Coverage and order are decided for every set of answers: what must be caught, each fault naming the answers.

use std::fs;

use crate::harness::Site;

const SHARED: &str = "content/procedures/deregistration.yaml";
const LESHUA: &str = "content/providers/leshua/deregistration.yaml";

/// The repository's content with lines added to leshua's procedure.
fn with_leshua(lines: &str) -> Site {
    let site = Site::own();
    site.write(LESHUA, format!("extends: deregistration\n{lines}"));
    // The translation is of the words that are gone.
    let translation = LESHUA.replace(".yaml", ".en.yaml");
    fs::remove_file(site.path(&translation)).expect("it is translated");
    site
}

#[test]
fn a_required_step_that_only_one_route_shows_names_the_other() {
    let site = Site::own();
    site.edit(
        SHARED,
        "        guidance: export-records\n",
        "        guidance: export-records\n        when: {route: self-service}\n",
    );
    let report = site.check();
    let error = report.only("SB102");
    assert!(
        error
            .message
            .starts_with("no step covers `export-records` for `route: assisted`"),
        "{error:?}"
    );
    assert_eq!(error.path, SHARED);
    assert_eq!(
        error.line,
        site.line_of(SHARED, "when: {route: self-service}")
    );
    assert!(error.because.is_some(), "{error:?}");
    assert!(
        error.message.contains("12 more"),
        "all providers inherit it: {error:?}"
    );
}

#[test]
fn an_inserted_step_that_breaks_the_order_for_companies_names_them() {
    let site = with_leshua(
        "steps:\n  - id: verify-company\n    place: {before: submit-application}\n    action: 核验企业身份\n    expect: 看到核验通过\n    when: {merchant-type: company}\n    covers: [verify-identity]\n",
    );
    let report = site.check();
    let error = report.only("SB103");
    let message = "`verify-identity` comes before `submit-application` for `merchant-type: company` (in `leshua/deregistration`)";
    assert_eq!(error.message, message);
    assert_eq!((error.path.as_str(), error.line), (LESHUA, 4));
    assert_eq!(error.field.as_deref(), Some("steps[0].place"));
}

#[test]
fn a_licence_that_only_companies_are_asked_for_names_the_others() {
    let site = Site::own();
    let text = site
        .read(SHARED)
        .replace("          - business-licence\n", "")
        .replace(
            "needs: [merchant-no, business-licence]",
            "needs: [merchant-no]",
        );
    let text = text.replace("needs: [other-proof, business-licence, ", "needs: [other-proof, ").replace(
        "      - id: recheck-balance\n",
        "      - id: show-licence\n        action: 出示营业执照\n        expect: 对方看过执照\n        when: {merchant-type: company}\n        needs: [business-licence]\n      - id: recheck-balance\n",
    );
    site.write(SHARED, text);
    let report = site.check();
    let error = report.only("SB104");
    assert!(error.message.contains("`business-licence`"), "{error:?}");
    assert!(
        error
            .message
            .contains("for `merchant-type: sole-trader or institution`"),
        "{error:?}"
    );
    assert_eq!(
        error.line,
        site.line_of(SHARED, "needs: [business-licence]")
    );
}

#[test]
fn a_waiver_that_ended_yesterday_counts_no_more() {
    let drop = "drop:\n  - {step: export-records, because: 无此功能}\n";
    let waiver = |until| {
        format!(
            "{drop}waives:\n  - {{requirement: export-records, because: 服务商正在改版, until: {until}}}\n"
        )
    };
    let site = with_leshua(&waiver("2026-11-22"));
    let report = site.check();
    assert_eq!(report.only("SB113").line, 5);
    let missing = report.only("SB101");
    assert_eq!(
        (missing.path.as_str(), missing.line),
        (LESHUA, 3),
        "the place is the `drop` that took it away"
    );
    let site = with_leshua(&waiver("2026-11-23"));
    assert_eq!(
        site.check().errors(),
        Vec::<&crate::harness::Diagnostic>::new(),
        "its last day is included"
    );
}

#[test]
fn a_required_step_that_is_still_to_be_written_is_none() {
    let site = with_leshua("steps:\n  - {id: clear-balance, action: 待补充}\n");
    let report = site.check();
    let error = report.only("SB111");
    assert_eq!(
        (error.path.as_str(), error.line, error.column),
        (LESHUA, 3, 33)
    );
    assert!(
        error
            .message
            .starts_with("`action` of step `clear-balance`"),
        "{error:?}"
    );
}

#[test]
fn an_only_may_not_take_away_a_way_that_is_promised() {
    let site = with_leshua("only: {route: [self-service], because: 只能在线办}\n");
    let report = site.check();
    let error = report.only("SB115");
    assert!(
        error
            .message
            .starts_with("this takes away `route: assisted`"),
        "{error:?}"
    );
    assert_eq!((error.path.as_str(), error.line), (LESHUA, 2));
    assert_eq!(
        report.errors().len(),
        1,
        "steps that are only for the other route are pruned in silence"
    );
}

#[test]
fn one_fault_that_all_inherit_is_one_diagnostic_at_its_cause() {
    let site = Site::own();
    site.edit(
        SHARED,
        "        action: 确认以后不再需要\n",
        "        action: TODO\n",
    );
    let report = site.check();
    assert_eq!(report.errors().len(), 1, "{:#?}", report.errors());
    assert_eq!(report.errors()[0].path, SHARED);
}

#[test]
fn forty_choices_in_one_procedure_are_decided_at_once() {
    let site = Site::base();
    let choices: Vec<String> = (0..40)
        .map(|n| format!("- {{id: c{n}, question: Which?, options: [{{id: a, label: A}}, {{id: b, label: B}}, {{id: c, label: C}}]}}\n"))
        .collect();
    let path = "content/choices.yaml";
    site.write(path, site.read(path) + &choices.concat());
    let steps: Vec<String> = (0..40)
        .map(|n| {
            let (next, third) = ((n + 1) % 40, (n + 7) % 40);
            format!(
                "      - {{id: extra{n}, action: Do this., expect: It is there., covers: [extra], when: {{c{n}: [a, b], c{next}: [b, c], c{third}: a}}}}\n"
            )
        })
        .collect();
    let standard = folder_file(&site, "content/standards");
    let text = site.read(&standard).replacen(
        "steps:\n",
        "steps:\n  - {id: extra, title: Extra, because: It is needed.}\n",
        1,
    );
    site.write(&standard, text);
    let shared = folder_file(&site, "content/procedures");
    let text = site.read(&shared).replacen(
        "    steps:\n",
        &format!("    steps:\n{}", steps.concat()),
        1,
    );
    site.write(&shared, text);
    let start = std::time::Instant::now();
    let report = site.check();
    let spent = start.elapsed();
    assert!(
        report
            .errors()
            .iter()
            .any(|error| error.code == "SB102" && error.message.contains("`extra` for `c")),
        "{:#?}",
        report.errors()
    );
    // Trying every answer would take for ever; the bound leaves room for a busy machine.
    assert!(
        spent.as_secs() < 30,
        "an unoptimised binary takes {spent:?}"
    );
}

/// The one file of a folder.
fn folder_file(site: &Site, folder: &str) -> String {
    let mut files = std::fs::read_dir(site.path(folder)).expect("the folder is there");
    let name = files
        .next()
        .expect("a file is there")
        .expect("it can be read")
        .file_name();
    format!("{folder}/{}", name.to_string_lossy())
}

#[test]
fn an_only_that_leaves_nothing_but_an_end_is_told() {
    let site = Site::base();
    let path = "content/providers/velo/bicycle-return.yaml";
    site.write(
        path,
        site.read(path) + "only: {bicycle: [stolen], because: We only take reports}\n",
    );
    let report = site.check();
    let error = report.only("SB115");
    assert!(
        error
            .message
            .starts_with("every answer of `bicycle` that is left ends the guide"),
        "{error:?}"
    );
}

#[test]
fn the_order_holds_for_readers_who_must_stop_too() {
    let site = Site::base();
    let path = "content/procedures/bicycle-return.yaml";
    let early = "      - {id: early, action: Give the key back, expect: It is gone, covers: [hand-in-key], when: {bicycle: stolen}}\n";
    let late = "      - {id: late, action: Lock the rest, expect: It is locked, covers: [lock-bicycle], when: {bicycle: stolen}}\n";
    site.edit(
        path,
        "      - id: report-theft\n",
        &format!("{early}{late}      - id: report-theft\n"),
    );
    let report = site.check();
    let error = report.only("SB103");
    assert!(error.message.contains("for `bicycle: stolen`"), "{error:?}");
}

#[test]
fn hundreds_of_steps_in_order_are_decided_at_once() {
    let site = Site::base();
    let path = "content/procedures/bicycle-return.yaml";
    let steps: Vec<String> = (0..300)
        .map(|n| {
            let covers = if n < 150 {
                "hand-in-key"
            } else {
                "lock-bicycle"
            };
            format!(
                "      - {{id: many{n}, action: Do it, expect: It is there, covers: [{covers}]}}\n"
            )
        })
        .collect();
    site.edit(
        path,
        "      - id: report-theft\n",
        &format!("{}      - id: report-theft\n", steps.concat()),
    );
    let start = std::time::Instant::now();
    let report = site.check();
    assert_eq!(
        report.only("SB103").message.matches("comes before").count(),
        1
    );
    assert!(
        start.elapsed().as_secs() < 30,
        "an unoptimised binary takes {:?}",
        start.elapsed()
    );
}
