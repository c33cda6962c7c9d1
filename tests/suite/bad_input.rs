//! Bad input gets a clear diagnostic or error, never a panic, and the old output stays as it was.

use std::fs;
use std::path::Path;

use crate::harness::{Site, built, refused};

const PROCEDURE: &str = "content/providers/pedal/bicycle-return.yaml";

/// The same for content: `check` and `build` name the rule, the file and the line.
#[track_caller]
fn reported(spoil: impl Fn(&Site), code: &str, place: &str) {
    let run = refused(&spoil, &[], 1);
    assert!(
        run.stderr.contains(&format!("error[{code}]")),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains(place), "{place} in {}", run.stderr);
    let site = Site::base();
    spoil(&site);
    let report = site.check();
    let found = report
        .errors()
        .into_iter()
        .find(|it| it.code == code)
        .expect("check says the same");
    assert_eq!(
        format!("{}:{}:{}", found.path, found.line, found.column),
        place
    );
}

#[test]
fn not_utf_8() {
    reported(
        |site| site.write(PROCEDURE, b"extends: bicycle-return\ntitle: a\xff\n"),
        "SB001",
        &format!("{PROCEDURE}:2:9"),
    );
}

#[test]
fn a_byte_order_mark() {
    reported(
        |site| site.write(PROCEDURE, "\u{feff}extends: bicycle-return\n"),
        "SB001",
        &format!("{PROCEDURE}:1:1"),
    );
}

#[test]
fn a_control_character_that_no_page_can_show() {
    reported(
        |site| site.write(PROCEDURE, "extends: bicycle-return\ntitle: \"a\\x0Bb\"\n"),
        "SB005",
        &format!("{PROCEDURE}:2:8"),
    );
}

#[test]
fn tabs() {
    reported(
        |site| site.write(PROCEDURE, "extends: bicycle-return\nsteps:\n\t- id: a\n"),
        "SB002",
        &format!("{PROCEDURE}:3:2"),
    );
}

#[test]
fn an_empty_file() {
    reported(
        |site| site.write(PROCEDURE, ""),
        "SB002",
        &format!("{PROCEDURE}:1:1"),
    );
    reported(
        |site| site.write(PROCEDURE, "# later\n"),
        "SB002",
        &format!("{PROCEDURE}:1:1"),
    );
}

#[test]
fn a_file_of_200_megabytes() {
    let large = |site: &Site| {
        let file = fs::File::create(site.path(PROCEDURE)).expect("it can be made");
        file.set_len(200 * 1024 * 1024).expect("it can grow");
    };
    reported(large, "SB010", &format!("{PROCEDURE}:1:1"));
}

#[test]
fn nesting_of_100_000() {
    let flow = "[".repeat(100_000);
    reported(
        |site| site.write(PROCEDURE, format!("title: {flow}")),
        "SB010",
        &format!("{PROCEDURE}:1:40"),
    );
    let block = (0..1000).fold(String::new(), |block, depth| {
        block
            + &" ".repeat(depth)
            + "a:
"
    });
    reported(
        |site| site.write(PROCEDURE, &block),
        "SB010",
        &format!("{PROCEDURE}:33:33"),
    );
}

#[test]
fn a_bomb_of_aliases() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let before = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.extend([
            "a",
            &level.to_string(),
            ": &a",
            &level.to_string(),
            " [",
            &before,
            "]\n",
        ]);
    }
    reported(
        |site| site.write(PROCEDURE, &bomb),
        "SB010",
        &format!("{PROCEDURE}:6:10"),
    );
}

#[test]
fn a_key_given_twice() {
    reported(
        |site| {
            site.write(
                PROCEDURE,
                "extends: bicycle-return\nextends: bicycle-return\n",
            );
        },
        "SB007",
        &format!("{PROCEDURE}:2:1"),
    );
}

#[test]
fn nothing_where_text_belongs() {
    reported(
        |site| {
            site.write(
                PROCEDURE,
                "extends: bicycle-return\ntitle: null\nsummary:\n",
            );
        },
        "SB005",
        &format!("{PROCEDURE}:2:8"),
    );
}

#[test]
fn an_id_that_climbs_out() {
    reported(
        |site| {
            site.write(
                PROCEDURE,
                "extends: bicycle-return\nsteps:\n  - id: ../../etc\n",
            );
        },
        "SB006",
        &format!("{PROCEDURE}:3:9"),
    );
}

#[test]
fn providers_whose_addresses_collide() {
    let collide = |site: &Site| {
        for file in ["provider.yaml", "bicycle-return.yaml"] {
            site.write(
                &format!("content/providers/Pedal/{file}"),
                site.read(&format!("content/providers/pedal/{file}")),
            );
        }
    };
    reported(
        collide,
        "SB403",
        "content/providers/Pedal/bicycle-return.yaml:1:1",
    );
}

#[cfg(unix)]
#[test]
fn a_loop_of_links() {
    let link = |site: &Site| {
        std::os::unix::fs::symlink("..", site.path("content/providers/loop"))
            .expect("links can be made");
    };
    reported(link, "SB012", "content/providers/loop:1:1");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = built();
    fs::set_permissions(site.path(PROCEDURE), fs::Permissions::from_mode(0o000))
        .expect("modes can be set");
    if fs::read(site.path(PROCEDURE)).is_ok() {
        // Root reads everything: for root a socket stands in for what cannot be read.
        fs::remove_file(site.path(PROCEDURE)).expect("it can be removed");
        std::os::unix::net::UnixListener::bind(site.path(PROCEDURE)).expect("sockets can be made");
    }
    let report = site.check();
    let error = report.only("SB001");
    assert_eq!(
        format!("{}:{}:{}", error.path, error.line, error.column),
        format!("{PROCEDURE}:1:1")
    );
}

#[test]
fn procedures_that_extend_each_other() {
    let circle = |site: &Site| {
        site.write("content/procedures/a.yaml", "extends: b\n");
        site.write("content/procedures/b.yaml", "extends: a\n");
    };
    reported(circle, "SB212", "content/procedures/b.yaml:1:10");
}

/// Time grows with the number of links, not with its square: four times the links must not take sixteen times as long.
#[test]
fn a_file_full_of_broken_links() {
    let check = |links: usize| {
        let site = Site::base();
        site.write("content/guidance/lock-bicycle.md", "[a](b) ".repeat(links));
        let start = std::time::Instant::now();
        assert_eq!(site.check().errors().len(), links);
        start.elapsed()
    };
    // The faster of two, because the machine may be busy with something else.
    let best = |links| check(links).min(check(links));
    let (few, many) = (best(5_000), best(20_000));
    assert!(
        many < few * 10,
        "{few:?} for a quarter of the links, {many:?} for all"
    );
}

#[test]
fn one_broken_file_hides_no_other() {
    let site = Site::base();
    site.write("content/providers/velo/provider.yaml", "name: [\n");
    site.write("content/choices.yaml", "- {id: broken\n");
    site.write(
        PROCEDURE,
        "extends: bicycle-return\ntitel: Return\nsteps:\n  - {id: nowhere, action: Go.}\n",
    );
    let codes: Vec<String> = site
        .check()
        .errors()
        .iter()
        .map(|error| format!("{} {}", error.code, error.path))
        .collect();
    for wanted in [
        "SB002 content/providers/velo/provider.yaml".to_owned(),
        "SB002 content/choices.yaml".to_owned(),
        format!("SB003 {PROCEDURE}"),
        format!("SB201 {PROCEDURE}"),
    ] {
        assert!(codes.contains(&wanted), "{wanted} in {codes:#?}");
    }
}

#[test]
fn nothing_that_is_cut_off_makes_it_panic() {
    let base = Site::base();
    let mut paths = Vec::new();
    collect(&base.path("content"), &mut paths);
    for path in paths {
        let relative = path
            .strip_prefix(base.path(""))
            .expect("it lies in the site")
            .to_string_lossy()
            .into_owned();
        let text = base.read(&relative);
        let site = Site::base();
        for tenth in 1..10 {
            let cut = (0..=text.len() * tenth / 10)
                .rev()
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(0);
            site.write(&relative, &text[..cut]);
            let run = site.run(&["check"]);
            assert!(
                !run.stderr.contains("panicked"),
                "{relative} cut at {cut}: {}",
                run.stderr
            );
        }
    }
}

fn collect(dir: &Path, paths: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(dir).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}
