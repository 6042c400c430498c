//! What a command refuses: each refusal with its sentences in both languages and its code.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use firebee_domain::code::Code;
use firebee_protocol::text::{Arg, Language, problem_text};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Output, Stdio},
};

fn firebee(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_firebee"));
    command.env_clear().env("FIREBEE_METRICS", "off").env("FIREBEE_LISTEN", "127.0.0.1:0").env("FIREBEE_DATA", data);
    command
}

/// The firm's file of the guide.
fn example() -> Value {
    let guide = include_str!("../../docs/operations.md");
    serde_json::from_str(guide.split("```json\n").nth(1).unwrap().split("```").next().unwrap()).unwrap()
}

/// Tells that the command failed and said this of the code, in both languages.
fn refused(output: &Output, code: Code, values: &[(&str, Arg<'_>)]) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{code}: {told}");
    assert!(told.contains(&format!("[{code}]")), "{code}: {told}");
    for language in [Language::Zh, Language::En] {
        let sentence = problem_text(code, values, language);
        assert!(told.contains(&sentence), "{code}: {sentence} is not in {told}");
    }
}

/// Founds a firm of the guide's file, changed at one place.
fn found(data: &Path, change: impl FnOnce(&mut Value)) -> Output {
    let mut file = example();
    change(&mut file);
    let path = data.with_extension("json");
    std::fs::write(&path, file.to_string()).unwrap();
    firebee(data).args(["admin", "create-firm", "--from"]).arg(&path).output().unwrap()
}

#[test]
fn what_is_wrong_in_a_firms_file_is_told_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let project = "/owners/0/contracts/0/projects/0";
    let building = format!("{project}/buildings/0");
    let set = |path: &str, value: Value| {
        let output = found(&data, |file| *file.pointer_mut(path).unwrap() = value);
        move |code: Code| refused(&output, code, &[])
    };
    let put = |path: &str, key: &str, value: Value| {
        let output = found(&data, |file| {
            file.pointer_mut(path).unwrap().as_object_mut().unwrap().insert(key.to_owned(), value);
        });
        move |code: Code| refused(&output, code, &[])
    };
    set("/people/1/certificates/0/level", json!(9))(Code::CertificateLevelUnknown);
    put("/people/0/certificates/0", "valid_to", json!("2001-01-01"))(Code::CertificateValidityReversed);
    put("/people/0/account", "login", json!("li jianguo"))(Code::LoginWhiteSpace);
    put("/people/1/account", "technical_director", json!(true))(Code::DirectorNotAllowed);
    set("/owners/0/contracts/0/kind", json!("safety_evaluation"))(Code::ServiceTypeNotHeld);
    put(project, "fence_radius_m", json!(1))(Code::FenceRadiusOutOfRange);
    put(&building, "height_m", json!("-1"))(Code::BuildingMeasureNegative);
    put(&building, "partly_covered", json!(true))(Code::PartRemarkMissing);
    let supply = found(&data, |file| {
        let building = file.pointer_mut(&building).unwrap().as_object_mut().unwrap();
        building.insert("water_supply".into(), json!(true));
        building.insert("water_storage".into(), json!([]));
    });
    refused(&supply, Code::WaterStorageMissing, &[]);
    put(&building, "water_supply", json!(false))(Code::WaterStorageUnexpected);
    let buildings = |count: usize, name: fn(usize) -> String| {
        let output = found(&data, |file| {
            let one = file.pointer(&building).unwrap().clone();
            let named = (0..count).map(|n| {
                let mut one = one.clone();
                *one.pointer_mut("/name").unwrap() = json!(name(n));
                one
            });
            *file.pointer_mut(&format!("{project}/buildings")).unwrap() = named.collect();
        });
        move |code: Code| refused(&output, code, &[])
    };
    buildings(2, |_| "主楼".into())(Code::BuildingNameTaken);
    buildings(501, |n| format!("{n} 号楼"))(Code::TooManyBuildings);
    let late = found(&data, |file| {
        *file.pointer_mut("/owners/0/contracts/0/sign_date").unwrap() = json!("2026-01-20");
        file.pointer_mut(project).unwrap().as_object_mut().unwrap().remove("first_month");
    });
    refused(&late, Code::FirstMonthRequired, &[]);
}

#[test]
fn an_account_and_a_certificate_that_cannot_be_are_told_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert!(found(&data, |_| ()).status.success());
    let admin = |words: &[&str]| firebee(&data).arg("admin").args(words).output().unwrap();
    let organisation = example()["organisation"]["name"].as_str().unwrap().to_owned();
    let account = |person: &str, phone: &str, category: &str| {
        let words = ["--organisation", &organisation, "--person", person, "--phone", phone, "--category", category];
        admin(&[&["create-account"], words.as_slice()].concat())
    };
    refused(&account("张三", "13900000021", "company-manager"), Code::NotOnPersonnelList, &[]);
    refused(&account("王芳", "phone", "company-manager"), Code::PhoneMalformed, &[]);
    refused(&account("王芳", "13900000022", "project-lead"), Code::QualificationInsufficient, &[]);
    assert!(account("王芳", "13900000023", "company-manager").status.success());
    refused(&account("王芳", "13900000023", "company-manager"), Code::LoginTaken, &[]);
    refused(&admin(&["close-account", "--login", "nobody"]), Code::AccountUnknown, &[]);
}

/// One SQLite file serves one server; who starts a second one reads what to do.
#[test]
fn a_second_server_on_a_data_folder_is_told_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = firebee(folder.path()).arg("serve").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let second = firebee(folder.path()).arg("serve").output().unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    let told = String::from_utf8_lossy(&second.stderr);
    let zh = problem_text(Code::DatabaseInUse, &[], Language::Zh);
    assert!(told.contains(&zh) && told.contains("is in use by another server"), "{told}");
    assert!(told.contains("[database_in_use]"), "{told}");
}

#[test]
fn the_demo_plays_in_no_folder_that_holds_data() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert!(found(&data, |_| ()).status.success());
    for (language, asked) in [(Language::Zh, "zh_CN.UTF-8"), (Language::En, "en_GB.UTF-8")] {
        let mut demo = firebee(&data);
        let output = demo.env("LANG", asked).args(["demo", "--headless", "--data"]).arg(&data).output().unwrap();
        let told = [output.stdout.as_slice(), &output.stderr].concat();
        let told = String::from_utf8_lossy(&told);
        assert_eq!(output.status.code(), Some(2), "{told}");
        let sentence = problem_text(Code::DemoDataExists, &[], language);
        assert!(told.contains(&sentence) && told.contains("demo_data_exists"), "{told}");
    }
}

/// A-21: the region's settings are changed by the administrator; a form of codes without a number is none.
#[test]
fn what_holds_in_the_region_is_set_and_a_form_without_a_number_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    assert!(found(&data, |_| ()).status.success());
    let region = |arguments: &[&str]| firebee(&data).args(["admin", "region"]).args(arguments).output().unwrap();
    refused(&region(&["--report-code", "QHXYYYY"]), Code::CodePatternInvalid, &[]);
    refused(&region(&["--filing-working-days", "61"]), Code::FilingDaysOutOfRange, &[]);
    refused(&region(&["--fence-radius-m", "10"]), Code::FenceRadiusOutOfRange, &[]);
    refused(&region(&["--keep-tracks", "0"]), Code::RetentionOutOfRange, &[]);
    let set = region(&[
        "--name",
        "青海省",
        "--report-code",
        "QHXYYYY No.####",
        "--overdue",
        "mark",
        "--selfies-printed",
        "true",
        "--keep-tracks",
        "3",
    ]);
    let shown = region(&[]);
    assert_eq!((set.stdout.clone(), set.status.success()), (shown.stdout, true));
    let told = String::from_utf8(set.stdout).unwrap();
    for line in [
        "name 青海省",
        "report-code QHXYYYY No.####",
        "fence-radius-m 200",
        "overdue mark",
        "selfies-printed true",
        "keep-tracks 3",
    ] {
        assert!(told.lines().any(|said| said == line), "{line}: {told}");
    }
    let free = String::from_utf8(region(&["--report-code", "free"]).stdout).unwrap();
    assert!(free.contains("report-code free") && free.contains("overdue mark"), "{free}");
}
