//! The change set on real folders: what it touches, what it refuses, and what it leaves.

mod interrupted;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use super::{ChangeSet, Summary, WriteError};

type Outcome = Result<(), Box<dyn Error>>;
type Tree = BTreeMap<String, Vec<u8>>;

/// Two states of one site, as `path=text` of each page. Files become folders and the reverse.
const OLD: &str = "index.html=old a/b/i.html=old turn=file swap/x=x swap/y=y Case=1";
const NEW: &str = "index.html=new turn/i.html=folder turn/z=z swap=file c=c case=2";

fn filled(out: &Path, pages: &str) -> Result<ChangeSet, WriteError> {
    let set = ChangeSet::begin(out)?;
    for page in pages.split_whitespace() {
        let (path, text) = page.split_once('=').expect("a page is `path=text`");
        set.put(path, text.as_bytes())?;
    }
    Ok(set)
}

fn build(out: &Path, pages: &str) -> Result<Summary, WriteError> {
    filled(out, pages)?.commit()
}

/// The name of the error.
fn refused<T>(result: Result<T, WriteError>) -> String {
    let mut error = format!("{:?}", result.err().expect("it must be refused"));
    error.truncate(error.find(' ').unwrap_or(error.len()));
    error
}

/// All that stands in a folder: files with their bytes, folders with a `/`, symbolic links with a `@`.
fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    for entry in fs::read_dir(folder).expect("it is a folder") {
        let entry = entry.expect("it can be read");
        let name = entry.file_name().into_string().expect("it is UTF-8");
        let kind = entry.file_type().expect("it can be read");
        if kind.is_dir() {
            let below = tree(&entry.path()).into_iter();
            found.extend(below.map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
            found.insert(format!("{name}/"), Vec::new());
        } else if kind.is_symlink() {
            found.insert(format!("{name}@"), Vec::new());
        } else {
            found.insert(name, fs::read(entry.path()).expect("it can be read"));
        }
    }
    found
}

fn names(folder: &Path) -> String {
    tree(folder).into_keys().collect::<Vec<_>>().join(" ")
}

/// The tree of a build of these pages into nothing.
fn fresh(pages: &str) -> Result<Tree, Box<dyn Error>> {
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("public");
    build(&out, pages)?;
    Ok(tree(&out))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("it can be made");
    for (path, bytes) in tree(from) {
        let place = to.join(&path);
        fs::create_dir_all(place.parent().expect("it is in `to`")).expect("it can be made");
        if path.ends_with('/') {
            fs::create_dir_all(place).expect("it can be made");
        } else {
            fs::write(place, bytes).expect("it can be written");
        }
    }
}

#[test]
fn a_first_build_makes_the_folder_and_leaves_nothing_beside_it() -> Outcome {
    let temp = tempfile::tempdir()?;
    let summary = build(&temp.path().join("site/public/"), "b/i=bb a=a")?;
    assert_eq!((summary.written, summary.bytes), (2, 3));
    let manifest = fs::read_to_string(temp.path().join("site/public/.stepbook-manifest"))?;
    let (a, bb) = (blake3::hash(b"a"), blake3::hash(b"bb"));
    assert_eq!(manifest, format!("{a} a\n{bb} b/i\n"));
    let all = "site/ site/public/ site/public/.stepbook-manifest site/public/a site/public/b/ site/public/b/i";
    assert_eq!(names(temp.path()), all);
    Ok(())
}

#[cfg(unix)]
#[test]
fn an_unchanged_file_is_not_touched() -> Outcome {
    use std::os::unix::fs::MetadataExt as _;
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("public");
    let stamp = |path: &str| {
        let found = fs::metadata(out.join(path)).expect("it was built");
        (found.ino(), found.mtime_nsec(), found.ctime_nsec())
    };
    build(&out, "a=a b/c=c")?;
    let stamps = ["a", "b/c", ".stepbook-manifest"].map(stamp);
    let summary = build(&out, "b/c=c a=a")?;
    assert_eq!((summary.written, summary.unchanged), (0, 2));
    assert_eq!(["a", "b/c", ".stepbook-manifest"].map(stamp), stamps);

    let summary = build(&out, "a=new b/c=c")?;
    assert_eq!(
        (summary.written, summary.unchanged, summary.bytes),
        (1, 1, 3)
    );
    assert_eq!(stamp("b/c"), stamps[1]);
    assert_ne!(stamp("a").0, stamps[0].0);
    Ok(())
}

#[test]
fn only_files_of_the_manifest_are_deleted() -> Outcome {
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("public");
    build(&out, OLD)?;
    fs::write(out.join("swap/CNAME"), "foreign")?;
    let summary = build(&out, "index.html=old")?;
    assert_eq!((summary.unchanged, summary.deleted), (1, 5));
    assert_eq!(
        names(&out),
        ".stepbook-manifest index.html swap/ swap/CNAME"
    );
    Ok(())
}

#[test]
fn every_build_ends_as_one_into_nothing_does() -> Outcome {
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("public");
    for pages in [OLD, NEW, OLD, "", NEW, "A/b=1", "a/c/d=1", "a=1"] {
        build(&out, pages)?;
        // Where case means nothing, a folder keeps the case that it was made with.
        if cfg!(target_os = "linux") || !pages.starts_with("a/") {
            assert_eq!(tree(&out), fresh(pages)?, "{pages}");
        }
    }
    Ok(())
}

#[test]
fn an_edit_by_hand_is_overwritten() -> Outcome {
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("public");
    build(&out, OLD)?;
    fs::write(out.join("index.html"), "OLD")?;
    fs::remove_file(out.join("swap/x"))?;
    fs::remove_file(out.join("turn"))?;
    fs::create_dir(out.join("turn"))?;
    assert_eq!(build(&out, OLD)?.written, 3);
    assert_eq!(tree(&out), fresh(OLD)?);
    Ok(())
}

#[test]
fn a_foreign_file_in_the_way_is_an_error_before_anything_is_touched() -> Outcome {
    for foreign in ["c", "swap/kept", "c/d", "d"] {
        let temp = tempfile::tempdir()?;
        let out = temp.path().join("public");
        build(&out, OLD)?;
        fs::create_dir_all(out.join(foreign).parent().unwrap_or(&out))?;
        fs::write(out.join(foreign), "foreign")?;
        let before = tree(temp.path());
        let error = build(&out, &format!("{NEW} d/e=e"))
            .err()
            .map(|error| error.to_string());
        let named = format!("`{}` is not stepbook's", out.join(foreign).display());
        assert!(
            error.is_some_and(|error| error.starts_with(&named)),
            "{foreign}"
        );
        assert_eq!(tree(temp.path()), before);
    }
    Ok(())
}

#[test]
fn only_a_folder_of_its_own_is_written() -> Outcome {
    let temp = tempfile::tempdir()?;
    let path = |name: &str| temp.path().join(name);
    fs::create_dir(path("empty"))?;
    build(&path("empty"), OLD)?;
    assert_eq!(tree(&path("empty")), fresh(OLD)?);

    fs::create_dir_all(path("foreign/.stepbook-work"))?;
    fs::write(path("foreign/notes.txt"), "")?;
    fs::write(path("file"), "")?;
    #[cfg(unix)]
    std::os::unix::fs::symlink(path("empty"), path("link"))?;
    let before = tree(temp.path());
    assert_eq!(refused(build(&path("foreign"), OLD)), "NotOurs");
    assert_eq!(refused(build(&path("file"), OLD)), "NotAFolder");
    #[cfg(unix)]
    assert_eq!(refused(build(&path("link/"), OLD)), "NotAFolder");
    assert_eq!(tree(temp.path()), before);
    Ok(())
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_never_followed() -> Outcome {
    use std::os::unix::fs::symlink;
    let temp = tempfile::tempdir()?;
    let (out, other) = (temp.path().join("public"), temp.path().join("other"));
    build(&out, OLD)?;
    copy(&out, &other);
    fs::remove_dir_all(out.join("swap"))?;
    symlink(other.join("swap"), out.join("swap"))?;
    fs::remove_file(out.join("index.html"))?;
    symlink(other.join("index.html"), out.join("index.html"))?;
    assert_eq!(refused(build(&out, "swap/x=new")), "Foreign");
    assert_eq!(refused(build(&out, "swap/y/z/new=new")), "Foreign");
    build(&out, "index.html=new")?;
    assert_eq!(tree(&other), fresh(OLD)?);
    assert_eq!(names(&out), ".stepbook-manifest index.html swap@");
    Ok(())
}

#[test]
fn a_second_build_is_refused_while_one_runs() -> Outcome {
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("public");
    for pages in [OLD, NEW] {
        let set = filled(&out, pages)?;
        assert_eq!(refused(ChangeSet::begin(&out)), "Busy");
        set.commit()?;
        assert_eq!(tree(&out), fresh(pages)?);
    }
    Ok(())
}

#[test]
fn dropped_it_leaves_all_as_it_was() -> Outcome {
    let temp = tempfile::tempdir()?;
    let out = temp.path().join("site/public");
    drop(filled(&out, OLD)?);
    assert_eq!(names(temp.path()), "");
    build(&out, OLD)?;
    let before = tree(temp.path());
    drop(filled(&out, NEW)?);
    assert_eq!(tree(temp.path()), before);
    Ok(())
}

#[test]
fn pages_that_collide_or_could_leave_the_folder_are_refused() -> Outcome {
    let temp = tempfile::tempdir()?;
    for (first, second) in [("a", "a"), ("a/B", "A/b"), ("a", "a/b"), ("a/b", "A")] {
        let set = filled(&temp.path().join("public"), &format!("{first}= a.b="))?;
        assert_eq!(
            refused(set.put(second, b"")),
            "Collision",
            "{first} {second}"
        );
        assert_eq!(refused(set.commit()), "Unfinished");
    }
    assert_eq!(
        refused(build(&temp.path().join("public"), "../a=")),
        "BadPath"
    );
    assert_eq!(names(temp.path()), "");
    Ok(())
}

#[test]
fn threads_make_the_same_bytes_in_any_order() -> Outcome {
    let temp = tempfile::tempdir()?;
    let page = |number: usize| {
        (
            format!("p{}/{number}", number % 7),
            format!("page {number}"),
        )
    };
    let pages: Vec<_> = (0..400).map(page).collect();
    let trees = [1, 4].map(|threads| {
        let out = temp.path().join(threads.to_string());
        let set = ChangeSet::begin(&out).expect("nothing is there");
        std::thread::scope(|scope| {
            for part in pages.chunks(pages.len() / threads) {
                scope.spawn(|| {
                    for (path, text) in part.iter().rev() {
                        set.put(path, text.as_bytes()).expect("it can be written");
                    }
                });
            }
        });
        set.commit().expect("it can be moved in");
        tree(&out)
    });
    assert_eq!(trees[0], trees[1]);
    Ok(())
}
