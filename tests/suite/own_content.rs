//! The repository's own content: it passes, and every page shows every required row of its coverage policy.

use crate::harness::{Site, files_in, folders, repository};

/// Thirteen providers.
const PROVIDERS: [&str; 13] = [
    "99bill",
    "allinpay",
    "any",
    "chinaums",
    "fuiou",
    "hkrt",
    "huifu",
    "jlpay",
    "lakala",
    "leshua",
    "shouqianba",
    "suixingpay",
    "ysepay",
];

#[test]
fn it_has_no_errors_and_no_warnings_on_the_day_of_its_review() {
    let report = Site::own_released().check();
    assert_eq!(
        (report.summary.errors, report.summary.warnings),
        (0, 0),
        "{:#?}",
        report.diagnostics
    );
    assert!(report.summary.notes > 0);
    assert!(
        report
            .diagnostics
            .iter()
            .all(|it| ["SB301", "SB306", "SB308", "SB405", "SB406"].contains(&it.code.as_str()))
    );
}

/// What a row of the policy is, and how a page shows it.
enum Row {
    Step(&'static str),
    Material(&'static str),
    Notice(&'static str),
    Question(&'static str),
    Fact(&'static str),
    Text(&'static str),
    Channel(&'static str),
}

/// Every row of the coverage policy that is required, by its id there. Variants are options of `route`, reasons of
/// `reason`; the notice about property and privacy is part of `safe-environment`.
const POLICY: &[(&str, Row)] = &[
    ("understand-rules", Row::Step("understand-rules")),
    ("confirm-reason", Row::Step("confirm-reason")),
    ("identify-provider", Row::Step("identify-provider")),
    ("choose-scope", Row::Step("choose-scope")),
    ("check-future-need", Row::Step("check-future-need")),
    ("prepare-materials", Row::Step("prepare-materials")),
    ("find-official-channel", Row::Step("find-official-channel")),
    ("clear-balance", Row::Step("clear-balance")),
    ("unlink-services", Row::Step("unlink-services")),
    ("stop-taking-payments", Row::Step("stop-taking-payments")),
    ("remove payment codes", Row::Step("remove-payment-codes")),
    ("export-records", Row::Step("export-records")),
    ("submit-application", Row::Step("submit-application")),
    ("verify-identity", Row::Step("verify-identity")),
    ("await-review", Row::Step("await-review")),
    ("track-status", Row::Step("track-status")),
    ("confirm-closed", Row::Step("confirm-closed")),
    ("keep-evidence", Row::Step("keep-evidence")),
    // Conditional rows: the condition decides who needs them, and without answers every page shows them.
    ("contact-provider", Row::Step("contact-provider")),
    ("settle-disputes", Row::Step("settle-disputes")),
    ("return-terminal", Row::Step("return-terminal")),
    ("fill-application", Row::Step("fill-application")),
    ("supplement-materials", Row::Step("supplement-materials")),
    ("complain", Row::Step("complain")),
    ("m-id-card", Row::Material("有效居民身份证")),
    ("m-other-id", Row::Material("护照等其他有效证件")),
    ("m-bank-card", Row::Material("结算银行卡")),
    ("m-registered-phone", Row::Material("注册手机号")),
    ("m-business-licence", Row::Material("营业执照或登记证书")),
    ("m-other-proof", Row::Material("其他实名证明")),
    ("m-merchant-no", Row::Material("商户编号与终端序列号")),
    ("m-authorisation", Row::Material("授权委托书与代办人证件")),
    ("m-status-proof", Row::Material("监护、继承或清算的证明")),
    ("ch-customer-service", Row::Channel("phone")),
    ("ch-official-status-query", Row::Channel("status-query")),
    ("n-safe-environment", Row::Notice("safe-environment")),
    ("n-balance-first", Row::Notice("balance-first")),
    ("n-unlink-first", Row::Notice("unlink-first")),
    ("n-legal-duty", Row::Notice("legal-duty")),
    ("n-keep-evidence", Row::Notice("keep-evidence")),
    ("n-irreversible", Row::Notice("irreversible")),
    (
        "n-no-malicious-closing",
        Row::Notice("no-malicious-closing"),
    ),
    (
        "n-complete-true-materials",
        Row::Notice("complete-true-materials"),
    ),
    (
        "n-may-need-re-verification",
        Row::Notice("may-need-re-verification"),
    ),
    ("n-fund-risk", Row::Notice("fund-risk")),
    ("n-rules-differ", Row::Notice("rules-differ")),
    ("n-takes-time", Row::Notice("takes-time")),
    ("n-ask-official-only", Row::Notice("ask-official-only")),
    ("n-records-kept", Row::Notice("records-kept")),
    ("n-property-and-privacy", Row::Text("资金与个人信息")),
    ("faq-forgot-password", Row::Question("forgot-password")),
    ("faq-affects-others", Row::Question("affects-others")),
    ("faq-restore", Row::Question("restore")),
    ("faq-confirm", Row::Question("confirm")),
    ("faq-verify-again", Row::Question("verify-again")),
    ("faq-rejected", Row::Question("rejected")),
    ("faq-how-long", Row::Question("how-long")),
    ("faq-lost-terminal", Row::Question("lost-terminal")),
    ("fact-processing-time", Row::Fact("processing-time")),
    ("fact-reversible", Row::Fact("reversible")),
    ("fact-reviewer", Row::Fact("reviewer")),
    ("fact-fee", Row::Fact("fee")),
    ("reason switch-method", Row::Text("换别的收款方式")),
    ("reason stop-using", Row::Text("不再用了")),
    ("reason security-threat", Row::Text("账户安全受到威胁")),
    ("reason change-merchant", Row::Text("换了商户")),
    ("reason other", Row::Text("其他原因")),
    ("variant-self-service", Row::Text("自己在线办")),
    ("variant-assisted", Row::Text("请服务商或银行办")),
    (
        "what-is-real-name-auth",
        Row::Text("WHAT-IS-REAL-NAME-AUTH"),
    ),
    (
        "why-correct-closing-matters",
        Row::Text("WHY-CORRECT-CLOSING-MATTERS"),
    ),
    ("branch-rejected", Row::Text("BRANCH-REJECTED")),
    ("branch-funds-at-risk", Row::Text("BRANCH-FUNDS-AT-RISK")),
];

#[test]
fn every_guide_shows_every_row_of_the_coverage_policy() {
    let site = Site::own();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let names: Vec<String> = folders(&site.path("content/providers"))
        .iter()
        .map(|folder| {
            folder
                .file_name()
                .expect("a folder has a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(names, PROVIDERS);
    let mut faults = Vec::new();
    for provider in PROVIDERS {
        let guide = site.read(&format!("public/{provider}/deregistration/index.html"));
        let page = site.read(&format!("public/{provider}/index.html"));
        for (id, row) in POLICY {
            if !shown(row, &site, provider, &guide, &page) {
                faults.push(format!("{provider}: {id}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn shown(row: &Row, site: &Site, provider: &str, guide: &str, page: &str) -> bool {
    match row {
        Row::Step(id) => guide.contains(&format!("<li id=\"{id}\"")),
        Row::Notice(id) => guide.contains(&format!("id=\"sb-notice-{id}\"")),
        Row::Question(id) => guide.contains(&format!("id=\"sb-question-{id}\"")),
        Row::Fact(id) => guide.contains(&format!("id=\"sb-fact-{id}\"")),
        Row::Material(title) => guide.contains(title),
        Row::Text(text) if text.chars().all(|c| c.is_ascii_uppercase() || c == '-') => {
            // Guidance: a sentence of the file that this provider shows.
            let name = format!("{}.md", text.to_lowercase());
            let own = format!("content/providers/{provider}/guidance/{name}");
            let path = if site.path(&own).exists() {
                own
            } else {
                format!("content/guidance/{name}")
            };
            let text = site.read(&path);
            let first = text
                .lines()
                .find(|line| !line.is_empty() && !line.starts_with(['#', '-', '>']))
                .unwrap_or("");
            let sentence: String = first.chars().take_while(|c| !"。[*".contains(*c)).collect();
            assert!(
                sentence.chars().count() > 5,
                "{path} begins with a sentence"
            );
            guide.contains(&sentence)
        }
        Row::Text(text) => guide.contains(text),
        Row::Channel(name) => {
            let text = site.read(&format!("content/providers/{provider}/provider.yaml"));
            let line = text.lines().find(|line| {
                line.contains(&format!("id: {name},"))
                    || line.contains(&format!("kind: {name},")) && !line.contains("privacy")
            });
            let label = line
                .and_then(|line| line.split("label: ").nth(1))
                .map(|rest| rest.split([',', '}']).next().unwrap_or(""));
            label.is_some_and(|label| !label.is_empty() && page.contains(label.trim()))
        }
    }
}

#[test]
fn only_verified_numbers_are_printed() {
    let site = Site::own();
    assert_eq!(site.run(&["build"]).code, Some(0));
    let mut numbers = std::collections::BTreeSet::new();
    for (name, bytes) in files_in(&site.path("public"))
        .into_iter()
        .filter(|(name, _)| name.ends_with(".html"))
    {
        let html = String::from_utf8(bytes).expect("pages are UTF-8");
        numbers.extend(
            html.split("href=\"tel:")
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap_or("").to_owned()),
        );
        assert!(!mobile(&html), "{name} holds a mobile number");
    }
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    assert_eq!(numbers, ["02161871299", "10108989"]);
}

/// `1[3-9]` and nine more digits, standing alone.
fn mobile(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 11 && run.starts_with('1') && run.as_bytes()[1] >= b'3')
}

#[test]
fn what_nobody_has_verified_is_said_to_be_so() {
    const UNVERIFIED: &str = "未核实，请向服务商确认";
    let site = Site::own();
    assert_eq!(site.run(&["build"]).code, Some(0));
    for provider in PROVIDERS {
        let guide = site.read(&format!("public/{provider}/deregistration/index.html"));
        let (_, behind) = guide
            .split_once(&format!("<dt>{UNVERIFIED}</dt>"))
            .expect("what is not verified stands in one place");
        let unverified = behind.split("</dd>").next().unwrap_or("");
        for fact in ["processing-time", "reversible", "reviewer", "fee"] {
            let id = format!("id=\"sb-fact-{fact}\"");
            assert!(unverified.contains(&id), "{provider}: {fact}");
        }
        let page = site.read(&format!("public/{provider}/index.html"));
        let document = site.read(&format!("content/providers/{provider}/provider.yaml"));
        let unknown = document
            .lines()
            .filter(|line| line.contains("kind: ") && !line.contains("value: "));
        for line in unknown {
            let label = line
                .split("label: ")
                .nth(1)
                .expect("a channel has a label")
                .trim_end_matches('}');
            let (_, behind) = page
                .split_once(&format!("<b>{label}</b>"))
                .expect("the channel is there");
            let entry = behind.split("</li>").next().unwrap_or("");
            assert!(entry.contains(UNVERIFIED), "{provider}: {label}");
        }
        let sheet = site.read(&format!(
            "public/{provider}/deregistration/checklist/index.html"
        ));
        assert!(sheet.contains(UNVERIFIED), "{provider}");
    }
}

#[test]
fn no_word_of_payments_is_in_the_tool() {
    for folder in ["src", "templates", "static"] {
        for (name, bytes) in files_in(&repository().join(folder)) {
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            for word in [
                "pos 机",
                "支付",
                "商户",
                "merchant account",
                "acquirer",
                "余额",
            ] {
                assert!(!text.contains(word), "{folder}/{name} says {word}");
            }
        }
    }
}
