//! What a server asks the program once, to check texts at entry.

use serde_json::Value;
use std::process::Command;

#[test]
fn r_386_a_server_learns_what_can_be_printed() {
    let output = Command::new(env!("CARGO_BIN_EXE_firebee-report")).arg("coverage").output().unwrap();
    let coverage: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(coverage["family"], "Noto Sans CJK SC");
    let covers = |character: char| {
        let point = u64::from(u32::from(character));
        let holds = |range: &Value| range[0].as_u64().unwrap() <= point && point <= range[1].as_u64().unwrap();
        coverage["ranges"].as_array().unwrap().iter().any(holds)
    };
    assert!("消防泵䶮𬭎A①≥".chars().all(covers));
    assert!(!covers('\u{10fffd}') && !covers('\u{f8ff}'));
}
