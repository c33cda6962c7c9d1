//! What merging comes to, as `show` prints it: `tests/cases/show/NAME/` with `expected.txt`, and its `id.txt` if it is
//! not the base's first procedure.

use crate::harness::{Site, compare, folders, repository};

#[test]
fn the_effective_procedure_is_as_its_cases_say() {
    let cases = folders(&repository().join("tests/cases/show"));
    assert!(!cases.is_empty(), "there are cases");
    let mut faults = Vec::new();
    for case in cases {
        let site = Site::case(&case);
        let id = std::fs::read_to_string(case.join("id.txt"))
            .unwrap_or_else(|_| "pedal/bicycle-return".to_owned());
        let run = site.run(&["show", id.trim()]);
        if let Err(error) = compare(&run.stdout, &case.join("expected.txt")) {
            faults.push(error);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
