//! `check --external` against a web that misbehaves.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use stepbook::external::{self, Answer, Loss, Manners, NameFault, Network, Question, RECORDS};

use crate::harness::{Report, Run, Site, TODAY, compare, repository};
use crate::web::Web;

const TOMORROW: &str = "2026-11-24";
const VELO: &str = "content/providers/velo/provider.yaml";
const PEDAL: &str = "content/providers/pedal/provider.yaml";

/// In a hurry, but for slow machines.
const MANNERS: Manners = Manners {
    pause: Duration::from_millis(20),
    hosts: 64,
    time_out: Duration::from_millis(1500),
    tries: 2,
    back_off: Duration::from_millis(20),
    longest_rest: Duration::from_secs(3),
};

/// Every name is on loopback, but for those that say otherwise.
fn network() -> Network {
    Network {
        names: Arc::new(|host| match host.split('.').next() {
            Some("nameless") => Err(NameFault::NotThere),
            Some("unsure") => Err(NameFault::NotKnown("try again".to_owned())),
            Some("private") => Err(NameFault::Private),
            _ => Ok(vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]),
        }),
        proxy: None,
        agent: "test".to_owned(),
    }
}

fn ask(addresses: &[String], network: Network) -> BTreeMap<String, Answer> {
    let mut answers = BTreeMap::new();
    let question = Question {
        addresses: addresses.to_vec(),
        others: Vec::new(),
    };
    external::ask(&question, network, MANNERS, |address, answer| {
        let before = answers.insert(address.to_owned(), answer);
        assert_eq!(before, None, "{address} is told once");
    });
    assert_eq!(answers.len(), addresses.len(), "every address is told");
    answers
}

fn good() -> Answer {
    Answer::Good { leads_to: None }
}

fn unknown(why: &str, heard: bool) -> Answer {
    Answer::Unknown {
        why: why.to_owned(),
        heard,
    }
}

#[test]
fn every_way_to_misbehave_has_its_answer() {
    let web = Web::new();
    let port = web.url("", "").trim_start_matches("http://").to_owned();
    let leads_to = |host: &str, path: &str| Answer::Good {
        leads_to: Some(format!("http://{host}{port}{path}")),
    };
    let cases = [
        ("good", good()),
        ("no-head", good()),
        ("head-404", good()),
        ("head-501", good()),
        ("503-once", good()),
        ("429-once", good()),
        ("endless", good()),
        ("chain/3", leads_to("chain-3.example", "/good")),
        ("to-other", leads_to("other.to-other.example", "/good")),
        ("404", Answer::Gone(Loss::Status(404))),
        ("410", Answer::Gone(Loss::Status(410))),
        ("to-gone", Answer::Gone(Loss::Status(404))),
        (
            "nameless",
            Answer::Gone(Loss::Name("nameless.example".to_owned())),
        ),
        ("403", unknown("it answered 403", true)),
        ("429", unknown("it answered 429", true)),
        ("500", unknown("it answered 500", true)),
        ("loop", unknown("it redirects more than 10 times", true)),
        (
            "to-app",
            unknown(
                "it redirects to `weixin://dl/chat`, which is no web page",
                true,
            ),
        ),
        (
            "to-private",
            unknown("it is a private address, which is not asked", false),
        ),
        (
            "private",
            unknown("it is a private address, which is not asked", false),
        ),
        (
            "unsure",
            unknown("its name cannot be looked up (try again)", false),
        ),
        ("silent", unknown("its host did not answer in time", false)),
        ("drips", unknown("its host did not answer in time", false)),
        (
            "closes",
            unknown("its host ended the connection without an answer", false),
        ),
        (
            "garbage",
            unknown("what its host answers is not HTTP", false),
        ),
        ("huge", unknown("what its host answers is not HTTP", false)),
    ];
    let address = |page: &str| {
        let host = format!("{}.example", page.replace('/', "-"));
        web.url(&host, &format!("/{page}"))
    };
    let addresses: Vec<String> = cases.iter().map(|(page, _)| address(page)).collect();
    let answers = ask(&addresses, network());
    for (page, expected) in &cases {
        assert_eq!(&answers[&address(page)], expected, "{page}");
    }
    // HEAD is asked first, GET has the last word, and only what may change is tried again.
    for (page, methods) in [
        ("/no-head", &["HEAD", "GET"][..]),
        ("/403", &["HEAD", "GET"]),
        ("/410", &["HEAD", "GET"]),
        ("/500", &["HEAD", "GET"]),
        ("/429", &["HEAD"]),
        ("/closes", &["HEAD", "GET"]),
        ("/loop", &["HEAD"; 11]),
    ] {
        assert_eq!(web.methods(page), methods, "{page}");
    }
    let asked = web.asked();
    let times: Vec<Instant> = asked
        .iter()
        .filter(|it| it.path == "/429-once")
        .map(|it| it.at)
        .collect();
    assert!(
        times[1] - times[0] >= Duration::from_secs(1),
        "Retry-After is kept to"
    );
    assert!(asked.iter().all(|it| it.agent == "test"));
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_and_rests_between() {
    let web = Web::new();
    let addresses: Vec<String> = ["a.example", "b.example", "c.example"]
        .iter()
        .flat_map(|host| (0..5).map(|page| format!("{}?{page}", web.url(host, "/together"))))
        .collect();
    assert!(ask(&addresses, network()).values().all(|it| *it == good()));
    let asked = web.asked();
    assert_eq!(asked.len(), 15);
    let (of_one_host, of_all) = web.most_at_once();
    assert_eq!(of_one_host, 1, "one thing at a time");
    assert!(of_all > 1, "several hosts at once");
    for host in ["a.example", "b.example", "c.example"] {
        let times: Vec<Instant> = asked
            .iter()
            .filter(|it| it.host.starts_with(host))
            .map(|it| it.at)
            .collect();
        for pair in times.windows(2) {
            assert!(pair[1] - pair[0] >= MANNERS.pause, "{host} had no rest");
        }
    }
}

#[test]
fn a_host_that_is_silent_or_wants_rest_is_left_alone() {
    let web = Web::new();
    let addresses: Vec<String> = [("a.example", "/closes"), ("b.example", "/429")]
        .iter()
        .flat_map(|(host, path)| (1..6).map(|at| format!("{}#{at}", web.url(host, path))))
        .collect();
    let answers = ask(&addresses, network());
    assert_eq!(
        web.methods("/closes").len(),
        6,
        "three addresses, two tries each"
    );
    assert_eq!(web.methods("/429").len(), 1);
    let left_alone = answers.values().filter(|answer| match answer {
        Answer::Unknown { why, heard } => why.starts_with("it was not asked") && !heard,
        _ => false,
    });
    assert_eq!(left_alone.count(), 2 + 4);
}

#[test]
fn a_name_is_missing_only_where_another_one_is_there() {
    let nameless = "http://nameless.example/".to_owned();
    let alone = ask(std::slice::from_ref(&nameless), network());
    let why = "no name at all was found; is this machine connected?";
    assert_eq!(alone[&nameless], unknown(why, false));
    let question = Question {
        addresses: vec![nameless],
        others: ["http://nameless.too.example/", "http://known.example/"]
            .map(str::to_owned)
            .to_vec(),
    };
    let mut answers = Vec::new();
    external::ask(&question, network(), MANNERS, |_, answer| {
        answers.push(answer);
    });
    assert_eq!(
        answers,
        [Answer::Gone(Loss::Name("nameless.example".to_owned()))]
    );
}

#[test]
fn this_machine_and_private_networks_are_not_asked() {
    let web = Web::new();
    let mut addresses = vec!["http://[::1]:1/".to_owned(), "http://10.0.0.1/".to_owned()];
    addresses.extend(["127.0.0.1", "localhost", "2130706433"].map(|host| web.url(host, "/good")));
    for proxy in [None, ureq::Proxy::new(&web.proxy()).ok()] {
        let network = Network::public(proxy, None);
        for (address, answer) in ask(&addresses, network) {
            let expected = unknown("it is a private address, which is not asked", false);
            assert_eq!(answer, expected, "{address}");
        }
    }
    assert_eq!(web.asked().len(), 0);
}

/// The base site with its links over plain HTTP, so that the web can answer as their hosts.
fn site() -> Site {
    let site = Site::base();
    for path in ["content/sources.yaml", VELO, PEDAL] {
        site.write(path, site.read(path).replace("https://", "http://"));
    }
    let guidance = "content/guidance/dispute-fee.md";
    site.edit(
        guidance,
        "(https://www.transport.example/rules)",
        "(#rate-ride)",
    );
    site
}

/// Runs the binary with a web as its proxy.
fn run(site: &Site, web: &Web, today: &str, args: &[&str]) -> Run {
    let mut command = site.command_on(today, args);
    command.env("ALL_PROXY", web.proxy());
    Run::of(command.output().expect("the binary runs"))
}

#[track_caller]
fn prints(run: &Run, name: &str) {
    let text = crate::command_line::printed(run);
    let expected = repository().join("tests/cases/command-line").join(name);
    if let Err(error) = compare(&text, &expected) {
        panic!("{error}");
    }
}

#[test]
fn a_page_that_is_gone_in_two_runs_is_a_warning() {
    let (site, web) = (site(), Web::new());
    site.edit(
        VELO,
        "http://www.velo.example/terms",
        "http://www.velo.example/404",
    );
    site.edit(
        PEDAL,
        "http://pedal.example/notice",
        "http://pedal.example/403",
    );
    site.edit(
        VELO,
        "value: http://www.velo.example/",
        "value: http://www.velo.example/to-elsewhere",
    );
    let external = &["check", "--external"];

    let first = run(&site, &web, TODAY, external);
    prints(&first, "check-external-first.txt");
    assert_eq!(first.code, Some(0));
    let asked = web.asked().len();
    let noted = run(&site, &web, TODAY, &["check", "--external", "--notes"]);
    prints(&noted, "check-external-notes.txt");
    assert_eq!(
        web.asked().len(),
        asked,
        "what was answered today is not asked again"
    );

    let second = run(&site, &web, TOMORROW, external);
    prints(&second, "check-external-second.txt");
    assert_eq!(second.code, Some(0), "a dead link is a warning");
    let again: Vec<String> = web.asked()[asked..]
        .iter()
        .map(|it| it.path.clone())
        .collect();
    let (gone, unclear) = (
        again.iter().filter(|it| *it == "/404"),
        again.iter().filter(|it| *it == "/403"),
    );
    assert_eq!(
        (gone.count(), unclear.count(), again.len()),
        (2, 2, 4),
        "only bad answers are asked again"
    );
    assert!(web.asked().iter().all(|it| {
        it.agent.starts_with("stepbook/")
            && it
                .agent
                .ends_with("(checks links for https://bicycles.internal)")
    }));

    let json = run(
        &site,
        &web,
        TOMORROW,
        &["check", "--external", "--format", "json"],
    );
    let report: Report = serde_json::from_str(&json.stdout).expect("it is JSON");
    let dead = report.only("SB311");
    assert_eq!(dead.path, VELO);
    assert_eq!(
        dead.line,
        site.line_of(&dead.path, "http://www.velo.example/404")
    );
    assert_eq!(dead.field.as_deref(), Some("sources[0].url"));

    site.edit(
        VELO,
        "http://www.velo.example/404",
        "http://www.velo.example/good",
    );
    let mended = run(&site, &web, TOMORROW, external);
    assert!(mended.stderr.contains(" 0 dead, "), "{}", mended.stderr);
    assert!(
        !site.read(RECORDS).contains("/404"),
        "what nothing links to is forgotten"
    );
}

#[test]
fn a_dead_link_may_be_allowed_or_known_and_only_who_asks_links_knows_that_it_is_not_needed() {
    let (site, web) = (site(), Web::new());
    let dead = "http://www.velo.example/404";
    site.edit(VELO, "http://www.velo.example/terms", dead);
    let external = &["check", "--external"];
    for day in [TODAY, TOMORROW] {
        run(&site, &web, day, external);
    }
    let warned = |args: &[&str]| {
        let run = run(&site, &web, TOMORROW, args);
        let lines = run.stdout.lines().filter(|line| line.contains("[SB"));
        lines.map(|line| line[..14].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(warned(external), ["warning[SB311]"]);

    // Known to the baseline, and still so after a run that asks nobody.
    let written = run(
        &site,
        &web,
        TOMORROW,
        &["check", "--external", "--write-baseline"],
    );
    assert!(
        written.stderr.contains("not shown: 1 known"),
        "{}",
        written.stderr
    );
    let baseline = site.read("baseline.yaml");
    assert!(baseline.contains("rule: SB311"), "{baseline}");
    for args in [
        &["check"][..],
        &["check", "--write-baseline"],
        &["check", "--external"],
    ] {
        assert_eq!(warned(args), [""; 0], "{args:?}");
        assert_eq!(site.read("baseline.yaml"), baseline, "{args:?}");
    }
    std::fs::remove_file(site.path("baseline.yaml")).expect("it is there");

    let allow = "allow: [{rule: dead-link, because: It comes back in spring}]\n";
    site.write(VELO, site.read(VELO) + allow);
    for args in [&["check"][..], external] {
        assert_eq!(warned(args), [""; 0], "{args:?}");
    }
    site.edit(VELO, dead, "http://www.velo.example/good");
    assert_eq!(warned(&["check"]), [""; 0], "nobody knows");
    assert_eq!(warned(external), ["warning[SB705]"]);
}

#[test]
fn nothing_else_uses_the_network() {
    let (site, web) = (site(), Web::new());
    for args in [&["check"][..], &["build"], &["coverage"], &["release"]] {
        assert_eq!(run(&site, &web, TODAY, args).code, Some(0), "{args:?}");
    }
    assert_eq!(web.asked().len(), 0);
    assert!(!site.path(".stepbook").exists());
}

#[test]
fn only_links_of_the_files_that_are_named_are_asked() {
    let (site, web) = (site(), Web::new());
    let named = run(&site, &web, TODAY, &["check", "--external", VELO]);
    assert_eq!(named.code, Some(0), "{}", named.stderr);
    let expected = "links to the web: 2 good, 0 dead, 0 unknown; 2 asked now, 0 known";
    assert!(named.stderr.starts_with(expected), "{}", named.stderr);
    assert!(web.asked().iter().all(|it| it.host == "www.velo.example"));
    let all = run(&site, &web, TODAY, &["check", "--external"]);
    let expected = "links to the web: 5 good, 0 dead, 0 unknown; 3 asked now, 2 known";
    assert!(all.stderr.starts_with(expected), "{}", all.stderr);
}

#[test]
fn broken_records_are_begun_anew_with_a_word() {
    let (site, web) = (site(), Web::new());
    site.write(RECORDS, "{\"links\": 7}");
    let broken = run(&site, &web, TODAY, &["check", "--external"]);
    assert_eq!(broken.code, Some(0));
    assert!(
        broken
            .stderr
            .starts_with("`.stepbook/external.json` is begun anew, and what it knew is lost"),
        "{}",
        broken.stderr
    );
    let again = run(&site, &web, TODAY, &["check", "--external"]);
    assert!(!again.stderr.contains("anew"), "{}", again.stderr);
    assert!(again.stderr.contains(" 0 asked now, "), "{}", again.stderr);
    assert_eq!(
        site.read(".stepbook/.gitignore"),
        "/.gitignore\n/external.json\n"
    );
}

#[test]
fn records_that_cannot_be_written_are_found_out_before_anybody_is_asked() {
    let (site, web) = (site(), Web::new());
    site.write(".stepbook", "a file");
    let refused = run(&site, &web, TODAY, &["check", "--external"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.stderr.contains("cannot keep what links answered"),
        "{}",
        refused.stderr
    );
    assert_eq!(web.asked().len(), 0);
}

#[test]
fn a_web_without_tls_is_unknown() {
    let (site, web) = (Site::base(), Web::new());
    let noted = run(&site, &web, TODAY, &["check", "--external", "--notes"]);
    assert_eq!(noted.code, Some(0));
    assert!(
        noted
            .stdout
            .contains("there is no secure connection to its host"),
        "{}",
        noted.stdout
    );
    assert!(
        noted.stderr.contains("0 good, 0 dead, 5 unknown"),
        "{}",
        noted.stderr
    );
}

/// Where the trusted certificates are those of the system's files, one can be added for a test.
#[cfg(target_os = "linux")]
#[test]
fn a_certificate_is_trusted_where_the_machine_trusts_its_maker() {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
    use rustls::ServerConfig;
    use rustls::pki_types::PrivateKeyDer;

    let maker_key = KeyPair::generate().expect("a key is made");
    let mut maker = CertificateParams::new(Vec::new()).expect("no names are needed");
    maker.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let maker_certificate = maker.self_signed(&maker_key).expect("it signs itself");
    let issuer = Issuer::new(maker, maker_key);
    let key = KeyPair::generate().expect("a key is made");
    let names = ["pedal.example", "www.velo.example", "www.transport.example"].map(str::to_owned);
    let certificate = CertificateParams::new(names.to_vec())
        .and_then(|names| names.signed_by(&key, &issuer))
        .expect("it is signed");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("there are versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).expect("it is a key"),
        )
        .expect("key and certificate belong together");
    let web = Web::with_tls(Some(Arc::new(config)));
    let site = Site::base();
    site.write("maker.pem", maker_certificate.pem());
    let run = |trusted: &str| {
        let mut command = site.command(&["check", "--external", "--notes"]);
        command
            .env("ALL_PROXY", web.proxy())
            .env("SSL_CERT_FILE", site.path(trusted))
            .env_remove("SSL_CERT_DIR");
        Run::of(command.output().expect("the binary runs")).stderr
    };
    let strange = run("nothing.pem");
    assert!(strange.contains("0 good, 0 dead, 5 unknown"), "{strange}");
    let trusted = run("maker.pem");
    assert!(trusted.contains("5 good, 0 dead, 0 unknown"), "{trusted}");
}
