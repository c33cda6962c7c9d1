//! `stepbook serve` as an editor and a browser meet it: files are saved, pages asked for, events awaited.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;

use crate::harness::Site;

/// From a save to the event, and to the new bytes.
const BAR: Duration = Duration::from_millis(50);
/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(20);

const GUIDE: &str = "/velo/bicycle-return/";
const STEP: &str = "content/procedures/bicycle-return.yaml";

/// A running server.
struct Server<'s> {
    site: &'s Site,
    child: Child,
    addr: SocketAddr,
    /// Held open: who closes it would stop the server at its next word.
    _said: BufReader<ChildStderr>,
}

#[derive(Debug, Deserialize)]
struct Told {
    version: u64,
    summary: Option<String>,
    faults: Option<Vec<String>>,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl<'s> Server<'s> {
    fn start(site: &'s Site) -> Self {
        Self::start_with(site, &[])
    }

    fn start_with(site: &'s Site, args: &[&str]) -> Self {
        let mut command = site.command(&[&["serve", "--addr", "127.0.0.1:0"], args].concat());
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut said = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut first = String::new();
        said.read_line(&mut first).expect("it says where it serves");
        let addr = first
            .strip_prefix("serving http://")
            .and_then(|rest| rest.split('/').next())
            .unwrap_or_else(|| panic!("it says where it serves: {first}"));
        Server {
            site,
            addr: addr.parse().expect("is an address"),
            child,
            _said: said,
        }
    }

    fn request(&self, lines: &str) -> Answer {
        let mut stream = TcpStream::connect(self.addr).expect("it listens");
        stream
            .set_read_timeout(Some(PATIENCE))
            .expect("it can be set");
        write!(stream, "{lines}\r\nConnection: close\r\n\r\n").expect("it reads");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        let text = String::from_utf8(bytes).expect("is text");
        let (head, body) = text.split_once("\r\n\r\n").expect("has a head");
        let status = head.split(' ').nth(1).expect("has a status");
        Answer {
            status: status.parse().expect("is a number"),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str) -> Answer {
        self.request(&format!("GET {path} HTTP/1.1\r\nHost: {}", self.addr))
    }

    /// What an open page is told, as it comes.
    fn events(&self) -> Receiver<Told> {
        let mut stream = TcpStream::connect(self.addr).expect("it listens");
        let host = self.addr;
        write!(
            stream,
            "GET /.stepbook/events HTTP/1.1\r\nHost: {host}\r\n\r\n"
        )
        .expect("it reads");
        let (sender, events) = mpsc::channel();
        thread::spawn(move || {
            let lines = BufReader::new(stream).lines().map_while(Result::ok);
            for line in lines {
                if let Some(told) = line.strip_prefix("data: ") {
                    let told = serde_json::from_str(told).expect("is what is told");
                    if sender.send(told).is_err() {
                        return;
                    }
                }
            }
        });
        events
    }

    /// Waits until it serves a state of the site.
    fn ready(&self) -> Receiver<Told> {
        self.get(GUIDE);
        let events = self.events();
        until(&events, |told| told.version > 0);
        events
    }

    /// Ends it as Ctrl-C does.
    fn interrupt(mut self) -> ExitStatus {
        let id = i32::try_from(self.child.id()).expect("ids are small");
        let status = std::process::Command::new("kill")
            .args(["-INT", &id.to_string()])
            .status();
        assert!(status.expect("kill runs").success());
        self.child.wait().expect("it ends")
    }
}

impl Drop for Server<'_> {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn until(events: &Receiver<Told>, is_it: impl Fn(&Told) -> bool) -> Told {
    let end = Instant::now() + PATIENCE;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let told = events.recv_timeout(left).expect("an event comes");
        if is_it(&told) {
            return told;
        }
    }
}

/// A way in which an editor, or git, puts new text in the place of a file.
type Way = (&'static str, fn(&Path, &str));

const WAYS: [Way; 9] = [
    ("written in place", |path, text| write(path, text)),
    ("written in two parts", |path, text| {
        let (first, second) = text.split_at(text.len() / 2);
        let mut file = fs::File::create(path).expect("it can be made");
        file.write_all(first.as_bytes()).expect("it can be written");
        file.flush().expect("it can be written");
        thread::sleep(Duration::from_millis(2));
        file.write_all(second.as_bytes())
            .expect("it can be written");
    }),
    ("renamed into place from a hidden file", |path, text| {
        let aside = path.with_file_name(".aside");
        write(&aside, text);
        fs::rename(aside, path).expect("it can be renamed");
    }),
    ("renamed into place from a file beside it", |path, text| {
        let aside = path.with_extension("tmp");
        write(&aside, text);
        fs::rename(aside, path).expect("it can be renamed");
    }),
    (
        "with a swap file, a probe and a backup, as vim does",
        |path, text| {
            let swap = path.with_file_name(".x.yaml.swp");
            write(&swap, "b0VIM");
            let probe = path.with_file_name("4913");
            write(&probe, "");
            fs::remove_file(probe).expect("it is there");
            let backup = PathBuf::from(format!("{}~", path.display()));
            fs::rename(path, &backup).expect("it can be renamed");
            write(path, text);
            fs::remove_file(backup).expect("it is there");
            fs::remove_file(swap).expect("it is there");
        },
    ),
    ("deleted and made again", |path, text| {
        fs::remove_file(path).expect("it is there");
        write(path, text);
    }),
    ("with its folder deleted and made again", |path, text| {
        let folder = path.parent().expect("it lies in one");
        let kept = kept(folder);
        fs::remove_dir_all(folder).expect("it is there");
        put_back(&kept);
        write(path, text);
    }),
    ("with all content deleted and made again", |path, text| {
        let content = path
            .ancestors()
            .find(|it| it.ends_with("content"))
            .expect("it lies there");
        let kept = kept(content);
        fs::remove_dir_all(content).expect("it is there");
        thread::sleep(Duration::from_millis(30));
        put_back(&kept);
        write(path, text);
    }),
    (
        "with a time of long ago, as a backup is brought back",
        |path, text| {
            let aside = path.with_file_name(".aside");
            write(&aside, text);
            let file = fs::File::options()
                .write(true)
                .open(&aside)
                .expect("it is there");
            file.set_modified(std::time::UNIX_EPOCH)
                .expect("it has a time");
            fs::rename(aside, path).expect("it can be renamed");
        },
    ),
];

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("it can be written");
}

fn kept(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it is there"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            (
                entry.path().to_owned(),
                fs::read(entry.path()).expect("it is there"),
            )
        })
        .collect()
}

fn put_back(files: &[(PathBuf, Vec<u8>)]) {
    for (path, bytes) in files {
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(path, bytes).expect("it can be written");
    }
}

/// Saves another action of a step in this way; how long until the event, and until the page has it.
fn save(server: &Server<'_>, events: &Receiver<Told>, way: Way, number: u32) -> [Duration; 2] {
    let path = server.site.path(STEP);
    let text = fs::read_to_string(&path).expect("it is there");
    let line = text
        .lines()
        .find(|line| line.contains("action:"))
        .expect("a step acts");
    let action = format!("Take the bicycle to stand {number}");
    let indent = line.split("action:").next().expect("it has a beginning");
    let text = text.replacen(line, &format!("{indent}action: {action}"), 1);
    while events.try_recv().is_ok() {}
    let start = Instant::now();
    (way.1)(&path, &text);
    // Between its steps a way may leave something that cannot be served, or is not the end yet.
    loop {
        until(events, |told| told.faults.is_none());
        let told = start.elapsed();
        let answer = server.get(GUIDE);
        if answer.body.contains(&action) {
            assert_eq!(answer.status, 200);
            return [told, start.elapsed()];
        }
        assert!(start.elapsed() < PATIENCE, "{}: {}", way.0, answer.body);
    }
}

#[test]
fn a_save_is_seen_in_whatever_way_it_is_made() {
    let site = Site::base();
    let server = Server::start(&site);
    let events = server.ready();
    let mut number = 100;
    for way in WAYS {
        // Other programs may take the machine for a moment; the bar is what can be had.
        let slow = (0..40).all(|_| {
            number += 1;
            let [told, served] = save(&server, &events, way, number);
            // Two of the ways wait by themselves; of the last of them, it matters that nothing is lost.
            let pause = if way.0.starts_with("with all content") {
                300
            } else {
                2
            };
            told.max(served) > BAR + Duration::from_millis(pause)
        });
        assert!(!slow, "{} takes longer than {BAR:?} every time", way.0);
    }
    assert_eq!(names(&site), BTreeSet::from(["content".to_owned()]));
}

#[test]
fn quick_saves_are_seen_where_one_has_to_look() {
    let site = Site::base();
    let server = Server::start_with(&site, &["--poll"]);
    let events = server.ready();
    for (number, way) in (200..).zip([WAYS[0], WAYS[2], WAYS[8], WAYS[0]]) {
        save(&server, &events, way, number);
    }
}

/// Saves a file whole in one step: what is written in place may be seen half-written.
fn put(site: &Site, path: &str, text: &str) {
    let path = site.path(path);
    let folder = path.parent().expect("it lies in a folder");
    fs::create_dir_all(folder).expect("it can be made");
    let aside = path.with_file_name(".aside");
    write(&aside, text);
    fs::rename(aside, path).expect("it can be renamed");
}

#[test]
fn what_is_not_otherwise_is_not_told() {
    let site = Site::base();
    let server = Server::start(&site);
    let events = server.ready();
    let before = until(&server.events(), |_| true).version;
    let text = site.read(STEP);
    put(&site, STEP, &text);
    site.write("content/.hidden.yaml", "x");
    site.write("content/notes.yaml~", "x");
    site.write("public/index.html", "x");
    // The next thing that is told is of the next change: nothing came between.
    put(&site, STEP, &text.replacen("action:", "action: Then", 1));
    assert_eq!(until(&events, |_| true).version, before + 1);
}

#[test]
fn five_hundred_files_at_once_are_one_change() {
    let site = Site::base();
    let provider = |number: u32| format!("content/providers/p{number:03}/provider.yaml");
    let text = site.read("content/providers/velo/provider.yaml");
    let procedure = site.read("content/providers/velo/bicycle-return.yaml");
    for number in 0..500 {
        site.write(&provider(number), &text);
        let own = provider(number).replace("provider.yaml", "bicycle-return.yaml");
        site.write(&own, &procedure);
    }
    let server = Server::start(&site);
    let events = server.ready();
    for number in 0..500 {
        site.write(&provider(number), text.replacen("name: ", "name: New ", 1));
    }
    let new = |path: &str| server.get(path).body.contains("New ");
    let mut changes = 0;
    while !(new("/p000/") && new("/p250/") && new("/p499/")) {
        until(&events, |_| true);
        changes += 1;
    }
    assert!(changes < 10, "{changes} reloads");
    fs::remove_dir_all(site.path("content/providers/p499")).expect("it is there");
    // What is told first may still be of the files before.
    until(&events, |_| server.get("/p499/").status == 404);
}

#[test]
fn what_is_wrong_is_shown_and_the_last_good_state_is_served() {
    let site = Site::base();
    let server = Server::start(&site);
    let events = server.ready();
    let before = server.get(GUIDE).body;
    let version = until(&server.events(), |_| true).version;
    let good = site.read(STEP);
    let broken = [
        good.replacen("action:", "acton:", 1),
        good.replacen("  - id:", "  - id: [", 1),
        good[..good.len() / 2].to_owned(),
        String::new(),
        good.replacen("mode: ", "mode: sometimes-", 1),
    ];
    for broken in broken.iter().filter(|broken| **broken != good) {
        put(&site, STEP, broken);
        let told = until(&events, |told| told.faults.is_some());
        let faults = told.faults.expect("is there");
        let check = site.run(&["check"]);
        assert_eq!(check.code, Some(1), "{}", check.stdout);
        let errors = check
            .stdout
            .split("\n\n")
            .filter(|it| it.starts_with("error"));
        let errors: Vec<&str> = errors.map(str::trim_end).collect();
        let faults: Vec<&str> = faults.iter().map(|fault| fault.trim_end()).collect();
        assert_eq!(faults, errors);
        assert!(
            told.summary.is_some_and(|it| it.contains(" error")),
            "how much is wrong"
        );
        assert_eq!(server.get(GUIDE).body, before);
    }
    put(&site, STEP, &good);
    let told = until(&events, |told| told.faults.is_none());
    assert!(told.version > version, "open pages reload");
    assert_eq!(server.get(GUIDE).status, 200);
}

#[test]
fn the_baseline_is_followed() {
    let site = Site::base();
    for args in [&[][..], &["--poll"]] {
        let server = Server::start_with(&site, args);
        let events = server.ready();
        put(&site, "baseline.yaml", "- {rule: SB507, fiel: content}\n");
        let told = until(&events, |told| told.faults.is_some());
        let faults = told.faults.expect("is there").concat();
        assert!(
            faults.contains("--> baseline.yaml:1:") && faults.contains("did you mean `field`?"),
            "{faults}"
        );
        fs::remove_file(site.path("baseline.yaml")).expect("it is there");
        until(&events, |told| told.faults.is_none());
    }
}

#[test]
fn a_site_that_begins_with_errors_says_so_until_they_are_mended() {
    let site = Site::base();
    let good = site.read(STEP);
    site.write(STEP, good.replacen("action:", "acton:", 1));
    let server = Server::start(&site);
    let answer = server.get(GUIDE);
    assert_eq!(answer.status, 500);
    assert!(
        answer.body.contains("did you mean `action`?"),
        "{}",
        answer.body
    );
    let events = server.events();
    assert_eq!(until(&events, |_| true).version, 0);
    put(&site, STEP, &good);
    until(&events, |told| told.version > 0 && told.faults.is_none());
    assert_eq!(server.get(GUIDE).status, 200);
}

#[test]
fn a_theme_is_followed_and_its_faults_are_shown() {
    let site = Site::base();
    let server = Server::start(&site);
    let events = server.ready();
    let good = fs::read_to_string(crate::harness::repository().join("templates/guide.html"));
    let good = good.expect("the theme has it");
    let before = server.get(GUIDE).body;
    for broken in [
        "{% if %}",
        "{{ nobody.knows.this }}",
        "{% extends \"base.html\" %}{% block main %}{{ nobody }}{% endblock main %}",
    ] {
        put(&site, "templates/guide.html", broken);
        let told = until(&events, |told| told.faults.is_some());
        let words = told.faults.expect("is there").concat();
        assert!(
            words.contains("error: ") && words.contains("because: "),
            "{words}"
        );
        assert_eq!(server.get(GUIDE).body, before);
    }
    put(
        &site,
        "templates/guide.html",
        &good.replacen("{% block main -%}", "{% block main -%}<p>Mended</p>", 1),
    );
    let mended =
        |told: &Told| told.faults.is_none() && server.get(GUIDE).body.contains("<p>Mended</p>");
    until(&events, mended);
    put(&site, "static/tokens.css", ":root{--ink:#123456}");
    let styled = || {
        let page = server.get(GUIDE).body;
        let mut links = page.split("href=\"../..");
        let style = links
            .find(|it| it.contains("tokens."))
            .expect("it has the style");
        let style = style.split('"').next().expect("it ends");
        server.get(style).body.contains("#123456")
    };
    until(&events, |_| styled());
}

#[test]
fn only_reading_is_answered_and_only_by_this_machines_names() {
    let site = Site::base();
    site.write("secret.txt", "secret");
    let server = Server::start(&site);
    server.ready();
    let port = server.addr.port();
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        ("LOCALHOST".to_owned(), 200),
        (format!("[::1]:{port}"), 200),
        (format!("evil.test:{port}"), 403),
        (format!("localhost.evil.test:{port}"), 403),
        (format!("127.0.0.1.evil.test:{port}"), 403),
        (String::new(), 403),
    ] {
        for path in ["/", "/.stepbook/client.js"] {
            let answer = server.request(&format!("GET {path} HTTP/1.1\r\nHost: {host}"));
            assert_eq!(answer.status, status, "{host}");
        }
    }
    let host = format!("Host: {}", server.addr);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        for path in ["/", "/.stepbook/events"] {
            let answer = server.request(&format!("{method} {path} HTTP/1.1\r\n{host}"));
            assert_eq!(answer.status, 405, "{method}");
            assert!(answer.head.contains("allow: get, head"), "{}", answer.head);
        }
    }
    let head = server.request(&format!("HEAD {GUIDE} HTTP/1.1\r\n{host}"));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    for path in [
        "/../secret.txt",
        "/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/content/site.yaml",
        "//secret.txt",
        "/assets/../../secret.txt",
        "/velo/../../secret.txt",
        "/nothing/",
        "/velo",
        "/%00",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("secret"), "{path}");
    }
    assert_eq!(server.get("/%ff").status, 400);
}

#[test]
fn what_is_served_is_what_is_built() {
    let site = Site::own_released();
    let server = Server::start(&site);
    let here = format!("http://{}", server.addr);
    let built = site.run(&["build", "--base-url", &here, "--drafts"]);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let public = site.path("public");
    let mut compared = 0;
    for (path, built) in kept(&public) {
        let address = path.strip_prefix(&public).expect("it lies there");
        let address = address.to_string_lossy().replace('\\', "/");
        if address.starts_with(".stepbook") {
            continue;
        }
        let served = server.get(&format!("/{address}")).body;
        let client = served.split_once("<link rel=\"stylesheet\" href=\"/.stepbook/");
        let served = client.map_or(served.clone(), |(before, rest)| {
            let (_, after) = rest.split_once("</script>\n").expect("the client ends");
            format!("{before}{after}")
        });
        assert!(
            served.as_bytes() == built,
            "{address} is served as it is built"
        );
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn nothing_is_left_when_it_ends() {
    let site = Site::base();
    let before = names(&site);
    let server = Server::start(&site);
    // An open page must not hold it back.
    let _events = server.ready();
    let addr = server.addr;
    assert_eq!(server.interrupt().code(), Some(0));
    TcpListener::bind(addr).expect("nobody listens there any more");
    assert_eq!(names(&site), before);
}

#[test]
fn a_place_that_is_taken_is_refused() {
    let site = Site::base();
    let taken = TcpListener::bind("127.0.0.1:0").expect("there is a place");
    let addr = taken.local_addr().expect("it has an address").to_string();
    let run = site.run(&["serve", "--addr", &addr]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("`--addr`"), "{}", run.stderr);
}

fn names(site: &Site) -> BTreeSet<String> {
    let entries = fs::read_dir(site.path("")).expect("it is there");
    entries
        .map(|entry| {
            entry
                .expect("it is there")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}
