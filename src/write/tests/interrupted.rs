//! What a kill or a full disk leaves, and what the next build makes of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{NEW, OLD, Outcome, build, copy, filled, fresh, refused, tree};
use crate::write::{ChangeSet, journal, tally};

#[test]
fn what_a_first_build_left_is_taken_away() -> Outcome {
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("public");
    let set = filled(&out, OLD)?;
    // A copy is the folder as a kill leaves it: nobody holds its lock.
    let copied = tempfile::tempdir()?;
    copy(temp.path(), copied.path());
    set.commit()?;
    build(&copied.path().join("public"), NEW)?;
    assert_eq!(tree(&copied.path().join("public")), fresh(NEW)?);
    assert_eq!(fs::read_dir(copied.path())?.count(), 1);

    fs::create_dir(temp.path().join(".public.stepbook-work"))?;
    build(&out, OLD)?;
    assert_eq!(fs::read_dir(temp.path())?.count(), 1);
    Ok(())
}

#[test]
fn a_commit_cut_off_between_any_steps_is_completed_by_the_next_begin() -> Outcome {
    for (from, to) in [(OLD, NEW), (NEW, OLD), (OLD, ""), (OLD, OLD)] {
        let temp = tempfile::tempdir()?;
        let out = temp.path().join("public");
        build(&out, from)?;
        fs::write(out.join("index.html"), "by hand")?;
        let before = tree(&out);
        let set = filled(&out, to)?;
        let begin_in_a_copy = || {
            let copied = tempfile::tempdir_in(temp.path()).expect("it can be made");
            copy(&out, copied.path());
            ChangeSet::begin(copied.path())
                .map(drop)
                .map(|()| tree(copied.path()))
        };
        assert_eq!(begin_in_a_copy()?, before);

        let puts = set.puts();
        let (new, staged, _) = tally(&puts)?;
        let old = set.old.as_ref().expect("there is an output folder");
        let steps = journal::plan(&out, old, &new, &staged)?;
        set.work.promise(new.text())?;
        assert_eq!(begin_in_a_copy()?, fresh(to)?);
        for step in steps {
            step.run(&out, &set.work)?;
            assert_eq!(begin_in_a_copy()?, fresh(to)?, "after {step:?}");
        }
    }
    Ok(())
}

/// Runs only as the child of the next test: its files may not grow beyond 32 KiB.
#[test]
fn child() {
    if let Some(out) = std::env::var_os("STEPBOOK_WRITE_CHILD") {
        let big = "x".repeat(1 << 20);
        assert_eq!(
            refused(build(Path::new(&out), &format!("a=a index.html={big}"))),
            "Io"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_an_error_and_leaves_all_as_it_was() -> Outcome {
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("public");
    let name = module_path!()
        .split_once("::")
        .map(|(_, path)| format!("{path}::child"));
    for _ in 0..2 {
        let before = tree(temp.path());
        let output = Command::new("sh")
            .args([
                "-c",
                "trap '' XFSZ; ulimit -f 64; exec \"$0\" --exact \"$1\"",
            ])
            .arg(std::env::current_exe()?)
            .args(&name)
            .env("STEPBOOK_WRITE_CHILD", &out)
            .output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{said}"
        );
        assert_eq!(tree(temp.path()), before);
        build(&out, OLD)?;
    }
    Ok(())
}
