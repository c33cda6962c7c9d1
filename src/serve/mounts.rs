//! The list of mounts -> whether a folder lies where the system tells of no changes, so that one has to look.

use std::fs;
use std::path::Path;

/// File systems whose files are changed by others than this system's kernel: over a network, or on the other side of a
/// container or virtual machine.
const SILENT: [&str; 17] = [
    "9p",
    "afs",
    "ceph",
    "cifs",
    "coda",
    "drvfs",
    "glusterfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
    "virtiofs",
    "vmhgfs",
];

/// The kind of a file system that tells of no changes, if `folder` lies on one. Only Linux has the list; elsewhere
/// nothing is known.
pub(super) fn silent(folder: &Path) -> Option<String> {
    let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let folder = fs::canonicalize(folder).ok()?;
    of(&mounts, &folder)
        .filter(|kind| is_silent(kind))
        .map(str::to_owned)
}

fn is_silent(kind: &str) -> bool {
    SILENT.contains(&kind) || kind == "fuse" || kind.starts_with("fuse.")
}

/// The kind of the file system that a folder lies on: of the mount that is nearest above it, and the last of those.
fn of<'m>(mounts: &'m str, folder: &Path) -> Option<&'m str> {
    let mounts = mounts.lines().filter_map(|line| {
        // proc(5): ID, parent, device, root, mount point, options, optional fields, `-`, kind, source, options.
        let (mount, kind) = line.split_once(" - ")?;
        let point = unescaped(mount.split(' ').nth(4)?);
        let depth = Path::new(&point).components().count();
        folder
            .starts_with(&point)
            .then_some((depth, kind.split(' ').next()?))
    });
    mounts.max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind)
}

/// Blanks, tabs, line ends and backslashes are written as three octal digits.
fn unescaped(point: &str) -> String {
    let signs = [
        ("\\040", " "),
        ("\\011", "\t"),
        ("\\012", "\n"),
        ("\\134", "\\"),
    ];
    signs
        .iter()
        .fold(point.to_owned(), |point, (written, sign)| {
            point.replace(written, sign)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:40 / /work rw - nfs4 server:/export rw
41 40 8:2 / /work/local rw - xfs /dev/sdb rw
42 22 0:42 / /mnt/my\\040site rw - fuse.sshfs me@host: rw
43 22 0:43 / /host rw - virtiofs share rw
44 43 0:44 / /host rw - tmpfs tmpfs rw";

    #[test]
    fn the_nearest_mount_counts_and_of_two_at_one_point_the_last() {
        for (folder, kind, looks) in [
            ("/home/site", "ext4", false),
            ("/work/site", "nfs4", true),
            ("/work/local/site", "xfs", false),
            ("/workshop", "ext4", false),
            ("/mnt/my site/content", "fuse.sshfs", true),
            ("/host/site", "tmpfs", false),
        ] {
            let found = of(MOUNTS, Path::new(folder)).expect("it lies somewhere");
            assert_eq!((found, is_silent(found)), (kind, looks), "{folder}");
        }
    }
}
