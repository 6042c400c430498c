//! Founding a firm from a file.

use crate::both;
use firebee_domain::{
    account::Category,
    code::Code,
    organisation::Organisation,
    personnel::{Certificate, CertificateKind, Registration, is_qualified_reviewer},
    project::Project,
    time::Cutoff,
};
use firebee_protocol::{
    document::{ProjectDocument, SessionDocument},
    pull::Page,
    session::PasswordRequest,
    text::Language,
};
use firebee_server::{
    blobs::DiskFiles,
    config::Config,
    office::{
        account::create::{CreateAccountError, WantedAccount, create as create_account},
        firm::{CreateFirmError, Created, FirmError, FirmOptions, SetCutoffError, create, set_cutoff},
        personnel::{WantedCertificate, certify},
        region::set,
    },
    query::{administrator, device::devices},
    row, sql,
    state::open_on,
    store::{StoreError, Tx},
};
use firebee_tests::house::{House, PASSWORD, Phone};
use serde_json::{Value, json};
use std::sync::Arc;

both!(
    the_example_of_the_guide_founds_a_firm_whose_people_sign_in,
    everything_that_is_wrong_in_a_file_is_told_at_once_with_its_path,
    /// R-040: what stands in a line of a page or a report is one line, in form C, within a limit that is named.
    r_040_a_name_of_a_firms_file_is_one_line_within_a_limit_that_is_named,
    a_login_that_is_taken_on_the_server_founds_nothing,
    /// R-018, R-150: what the office knows of a reviewer, the reviewer's phone knows after its next pull.
    r_150_a_renewed_certificate_reaches_the_phone,
    /// R-128: the setting that decides a deadline stands in the firm's file and can be changed later.
    r_128_what_decides_a_deadline_is_a_setting_of_the_firm,
    /// R-026: only for a person on the personnel list.
    r_026_an_account_is_made_for_a_person_on_the_personnel_list_only,
    the_pack_that_is_built_in_is_kept_and_handed_out,
    /// R-097: the radius is a setting, and a project may have its own.
    r_097_a_project_without_a_radius_has_that_of_the_region,
);

/// The JSON of `docs/operations.md`.
fn example() -> Value {
    let guide = include_str!("../../../docs/operations.md");
    let (_, rest) = guide.split_once("```json\n").unwrap();
    serde_json::from_str(rest.split_once("```").unwrap().0).unwrap()
}

async fn found(house: &House, file: Value) -> Result<Created, CreateFirmError> {
    create(
        &house.app.office,
        file,
        &FirmOptions { password: Some(PASSWORD.into()), keep_passwords: true, each: Vec::new() },
    )
    .await
}

/// Somebody chooses a password in place of the one that was given, and signs in with it.
async fn signed_in_first(house: &House, login: &str, given: &str) -> Phone {
    let body = PasswordRequest { login: login.into(), old: given.into(), new: format!("{given} of my own"), by: None };
    assert_eq!(house.send(house.post("/v1/session/password", &body)).await.status, 204);
    let mut phone = Phone { password: body.new, ..Phone::new(login) };
    assert_eq!(phone.claim(house).await.status, 200);
    phone
}

async fn the_example_of_the_guide_founds_a_firm_whose_people_sign_in(house: House) {
    let file = {
        let mut file = example();
        *file.pointer_mut("/people/0/account/login").unwrap() = json!("jianguo");
        *file.pointer_mut("/people/1/account/login").unwrap() = json!("xiaoyan");
        *file.pointer_mut("/owners/0/contracts/0/projects/0/lead").unwrap() = json!("jianguo");
        file
    };
    let created = create(&house.app.office, file, &FirmOptions::default()).await.unwrap();
    let logins: Vec<_> = created.accounts.iter().map(|account| (account.login.as_str(), account.category)).collect();
    let expected =
        [("jianguo", Category::ProjectLead), ("xiaoyan", Category::FieldOperator), ("wang", Category::CompanyManager)];
    assert_eq!(logins, expected);
    let lead = signed_in_first(&house, "jianguo", &created.accounts[0].password).await;
    let page: Page = lead.pull(&house).await.json();
    let kinds: Vec<_> = page.changes.iter().map(|change| change.kind.as_str()).collect();
    assert_eq!(kinds, ["session", "crew", "project"]);
    let body = |n: usize| page.changes[n].body.as_ref().unwrap().get();
    let session: SessionDocument = serde_json::from_str(body(0)).unwrap();
    assert!(is_qualified_reviewer(&session.registrations, house.app.clock.now().china_day()));
    assert!(session.name == "李建国" && session.organisation == created.org.id());
    let project: ProjectDocument = serde_json::from_str(body(2)).unwrap();
    assert_eq!((project.owner_name.as_str(), project.lead_name.as_str()), ("中仪大厦", "李建国"));
    assert_eq!(firebee_domain::project::ready_to_issue(&project.project), Ok(()));
    signed_in_first(&house, "xiaoyan", &created.accounts[1].password).await;
    let mut manager = Phone { password: created.accounts[2].password.clone(), ..Phone::new("wang") };
    assert_eq!(manager.claim(&house).await.problem(), (403, "client_not_allowed".into()));
    assert_eq!(house.number(sql!("SELECT count(*) FROM account WHERE must_change = 1")).await, 1, "the manager's");
    let found =
        house.firm.store.read("test", async move |tx: &mut Tx| devices(tx, created.org, &administrator()).await).await;
    let found: Vec<_> = found.map_err(|error: StoreError| error).unwrap();
    let told: Vec<_> = found.iter().map(|device| (device.login.as_str(), device.holds)).collect();
    assert_eq!(told, [("jianguo", true), ("xiaoyan", true)]);
}

async fn r_150_a_renewed_certificate_reaches_the_phone(house: House) {
    let mut file = example();
    for (at, login) in [(0, "jianguo"), (1, "xiaoyan")] {
        *file.pointer_mut(&format!("/people/{at}/account/login")).unwrap() = json!(login);
    }
    *file.pointer_mut("/owners/0/contracts/0/projects/0/lead").unwrap() = json!("jianguo");
    found(&house, file.clone()).await.unwrap();
    let lead = Phone::signed_in(&house, "jianguo").await;
    let known = async || -> SessionDocument {
        let page: Page = lead.pull(&house).await.json();
        let change = page.changes.iter().find(|change| change.kind == "session").unwrap();
        serde_json::from_str(change.body.as_ref().unwrap().get()).unwrap()
    };
    let day = |text: &str| text.parse().ok();
    let mut certificate: Certificate = serde_json::from_value(file["people"][0]["certificates"][0].clone()).unwrap();
    assert_eq!(certificate.kind, CertificateKind::RegisteredEngineer);
    let before = Registration { from: certificate.valid_from.unwrap(), to: certificate.valid_to.unwrap() };
    assert_eq!(known().await.registrations, [before]);
    (certificate.valid_from, certificate.valid_to) = (day("2030-01-01"), day("2032-12-31"));
    let text = |pointer: &str| file.pointer(pointer).unwrap().as_str().unwrap().to_owned();
    let (organisation, person) = (text("/organisation/name"), text("/people/0/name"));
    let wanted = WantedCertificate { organisation, person, certificate };
    certify(&house.app.office, &wanted).await.unwrap();
    let renewed = Registration { from: day("2030-01-01").unwrap(), to: day("2032-12-31").unwrap() };
    assert_eq!(known().await.registrations, [renewed]);
    let stranger = WantedCertificate { person: "张三".into(), ..wanted };
    assert_eq!(
        certify(&house.app.office, &stranger).await.map_err(|error| error.code()),
        Err(Code::NotOnPersonnelList)
    );
    assert_eq!(house.acts("certify_person").await.len(), 1);
}

async fn r_128_what_decides_a_deadline_is_a_setting_of_the_firm(house: House) {
    let mut file = example();
    for (at, login) in [(0, "jianguo"), (1, "xiaoyan")] {
        *file.pointer_mut(&format!("/people/{at}/account/login")).unwrap() = json!(login);
    }
    *file.pointer_mut("/owners/0/contracts/0/projects/0/lead").unwrap() = json!("jianguo");
    file["organisation"]["cutoff"] = json!("receipt");
    let created = found(&house, file.clone()).await.unwrap();
    let name = file["organisation"]["name"].as_str().unwrap();
    let setting = async || -> Cutoff {
        let org = created.org;
        let read = async move |tx: &mut Tx| {
            let row = tx.query_opt(sql!("SELECT body FROM organisation WHERE org = ?1"), &row![org]).await?;
            row.map_or(Ok(String::new()), |row| row.get(0))
        };
        let body: Result<String, StoreError> = house.firm.store.read("test", read).await;
        serde_json::from_str::<Organisation>(&body.unwrap()).unwrap().cutoff
    };
    assert_eq!(setting().await, Cutoff::Receipt);
    set_cutoff(&house.app.office, name, Cutoff::Stated).await.unwrap();
    assert_eq!(setting().await, Cutoff::Stated);
    assert_eq!(set_cutoff(&house.app.office, "nobody", Cutoff::Receipt).await, Err(SetCutoffError::NoFirm));
    assert_eq!(house.acts("set_cutoff").await.len(), 1);
    file["organisation"]["cutoff"] = json!("whenever");
    let refused = found(&house, file).await.map(|created| created.org).unwrap_err();
    let is_malformed = |errors: &[FirmError]| errors.iter().any(|error| error.code == Code::FieldMalformed);
    assert!(matches!(&refused, CreateFirmError::File(errors) if is_malformed(errors)), "{refused:?}");
}

async fn everything_that_is_wrong_in_a_file_is_told_at_once_with_its_path(house: House) {
    let mut file = example();
    for (path, wrong) in [
        ("/organisation/national_registration_no", Value::Null),
        ("/people/0/name", json!("")),
        ("/people/1/certificates/0/level", json!(5)),
        ("/people/2/account/phone", json!("phone")),
        ("/owners/0/address", json!("")),
        ("/owners/0/contracts/0/end_date", json!("2020-01-01")),
        ("/owners/0/contracts/0/projects/0/location/lat", json!("91")),
        ("/owners/0/contracts/0/projects/0/buildings/0/height_m", json!("tall")),
        ("/owners/0/contracts/0/projects/0/facilities/0", json!("no-such")),
    ] {
        *file.pointer_mut(path).unwrap() = wrong;
    }
    let before = house.number(sql!("SELECT count(*) FROM organisation")).await;
    let Err(CreateFirmError::File(errors)) = found(&house, file).await else { unreachable!("it is wrong") };
    let told: Vec<_> = errors.iter().map(|error| (error.path.as_str(), error.code)).collect();
    let project = "owners[0].contracts[0].projects[0]";
    assert_eq!(
        told,
        [
            ("organisation", Code::OrganisationNotRegistered),
            ("people[0]", Code::TextRequired),
            ("people[1].account", Code::QualificationInsufficient),
            ("people[2].account", Code::PhoneMalformed),
            ("owners[0].address", Code::TextRequired),
            ("owners[0].contracts[0].end_date", Code::ContractDatesReversed),
            // The lead's own name is wrong, and told above: nothing is said of the lead beside it.
            (&format!("{project}.location"), Code::LocationOutOfRange),
            (&format!("{project}.buildings[0]"), Code::FieldMalformed),
            (&format!("{project}.facilities"), Code::FacilityNotAllowed),
        ]
    );
    let mut misspelt = example();
    misspelt.as_object_mut().unwrap().insert("peple".into(), json!([]));
    let Err(CreateFirmError::File(errors)) = found(&house, misspelt).await else { unreachable!("it is wrong") };
    assert!(errors[0].sentence(Language::En).contains("peple"), "{errors:?}");
    assert_eq!(house.number(sql!("SELECT count(*) FROM organisation")).await, before);
}

async fn r_040_a_name_of_a_firms_file_is_one_line_within_a_limit_that_is_named(house: House) {
    let project = "/owners/0/contracts/0/projects/0";
    let names = [
        ("/organisation/name".to_owned(), 200),
        ("/organisation/national_registration_no".into(), 100),
        ("/people/0/name".into(), 50),
        ("/people/0/certificates/0/number".into(), 64),
        ("/people/0/account/login".into(), 64),
        ("/owners/0/name".into(), 200),
        ("/owners/0/city".into(), 200),
        ("/owners/0/address".into(), 200),
        ("/owners/0/contracts/0/name".into(), 200),
        (format!("{project}/name"), 200),
        (format!("{project}/city"), 200),
        (format!("{project}/address"), 200),
        (format!("{project}/jurisdiction/name"), 100),
        (format!("{project}/buildings/0/name"), 100),
        (format!("{project}/buildings/0/water_storage/0/position"), 100),
    ];
    for (path, limit) in &names {
        let with = |text: String| {
            let mut file = example();
            *file.pointer_mut(path).unwrap() = json!(text);
            file
        };
        let told = async |text: String| {
            let refused = found(&house, with(text)).await.map(drop).unwrap_err();
            let errors = if let CreateFirmError::File(errors) = refused { errors } else { Vec::new() };
            let [zh, en] = Language::ALL.map(|language| errors[0].sentence(language));
            (errors[0].code, zh, en)
        };
        assert_eq!(told("中仪\n大厦".into()).await.0, Code::TextSeveralLines, "{path}");
        let (code, zh, en) = told("名".repeat(201)).await;
        let named = format!(" {limit} ");
        assert!(code == Code::TextTooLong && zh.contains(&named) && en.contains(&named), "{path}: {code} {zh} {en}");
    }
    let mut file = example();
    for (path, text) in [
        ("/people/0/account/login", "jianguo"),
        ("/people/1/account/login", "xiaoyan"),
        ("/people/0/name", "Rene\u{301}"),
        ("/people/0/certificates/0/number", " RE\u{301}-1 "),
        (&format!("{project}/lead"), "jianguo"),
        (&format!("{project}/name"), "Cafe\u{301}\r\n"),
    ] {
        *file.pointer_mut(path).unwrap() = json!(text);
    }
    found(&house, file).await.unwrap();
    let kept = sql!("SELECT count(*) FROM person WHERE name = 'René' AND body LIKE '%\"RÉ-1\"%'");
    assert_eq!(house.number(kept).await, 1);
    assert_eq!(
        house.number(sql!("SELECT count(*) FROM project WHERE name = 'Café' AND body LIKE '%\"Café\"%'")).await,
        1
    );
}

async fn a_login_that_is_taken_on_the_server_founds_nothing(house: House) {
    let before = house.number(sql!("SELECT count(*) FROM organisation")).await;
    // The guide's example has the logins of the firm that is here already.
    let Err(CreateFirmError::File(errors)) = found(&house, example()).await else { unreachable!("they are taken") };
    let taken: Vec<_> = errors.iter().map(|error| (error.code, error.found.as_str())).collect();
    assert_eq!(taken, [(Code::LoginTaken, "li"), (Code::LoginTaken, "ma")]);
    assert_eq!(house.number(sql!("SELECT count(*) FROM organisation")).await, before);
    let weak = FirmOptions { password: Some("password".into()), keep_passwords: true, each: Vec::new() };
    let refused = create(&house.app.office, example(), &weak).await.map(|_| ()).map_err(|error| error.code());
    assert_eq!(refused, Err(Code::PasswordTooCommon));
}

async fn r_026_an_account_is_made_for_a_person_on_the_personnel_list_only(house: House) {
    let mut file = example();
    for (n, login) in [(0, "jianguo"), (1, "xiaoyan")] {
        *file.pointer_mut(&format!("/people/{n}/account/login")).unwrap() = json!(login);
    }
    *file.pointer_mut("/owners/0/contracts/0/projects/0/lead").unwrap() = json!("jianguo");
    found(&house, file).await.unwrap();
    let wanted = WantedAccount {
        organisation: "青海安泰消防技术服务有限公司".into(),
        person: "马晓燕".into(),
        phone: "13900000009".into(),
        login: String::new(),
        category: Category::FieldOperator,
        enabled: true,
        password: Some(PASSWORD.into()),
    };
    let stranger = WantedAccount { person: "张三".into(), ..wanted.clone() };
    assert_eq!(create_account(&house.app.office, &stranger).await, Err(CreateAccountError::NotOnPersonnelList));
    let lead = WantedAccount { category: Category::ProjectLead, ..wanted.clone() };
    let code = create_account(&house.app.office, &lead).await.map_err(|error| error.code()).map(|_| ());
    assert_eq!(code, Err(Code::QualificationInsufficient));
    let made = create_account(&house.app.office, &wanted).await.unwrap();
    assert_eq!(made.login, "13900000009", "R-027: the phone number is the suggested login");
    assert_eq!(create_account(&house.app.office, &wanted).await, Err(CreateAccountError::LoginTaken));
    signed_in_first(&house, "13900000009", PASSWORD).await;
}

async fn the_pack_that_is_built_in_is_kept_and_handed_out(house: House) {
    let pack = firebee_protocol::catalogue::Pack::embedded();
    let phone = Phone::signed_in(&house, "ma").await;
    let get = async |path: &str, tag: Option<&str>| {
        let request = phone.request(&house, axum::http::Method::GET, path);
        let request = tag.iter().fold(request, |request, tag| request.header("if-none-match", *tag));
        house.send(request.body(axum::body::Body::empty()).unwrap()).await
    };
    let answer = get(&format!("/v1/catalogues/{}", pack.id), None).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"));
    assert!(answer.body == firebee_protocol::catalogue::EMBEDDED_BYTES);
    let again = get(&format!("/v1/catalogues/{}", pack.id), Some(answer.header("etag"))).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let unknown = get(&format!("/v1/catalogues/sha256-{}", "0".repeat(64)), None).await;
    assert_eq!(unknown.problem(), (404, "not_found".into()));
}

async fn r_097_a_project_without_a_radius_has_that_of_the_region(house: House) {
    let data = tempfile::tempdir().unwrap();
    house.firm.lay_key(data.path());
    let config = Config::in_folder(data.path());
    let app = open_on(house.firm.store.clone(), Arc::new(DiskFiles), config, house.clock.clone()).await.unwrap();
    set(&app.office, |region| region.fence_radius_m = 80).await.unwrap();
    let mut file = example();
    let projects = file.pointer_mut("/owners/0/contracts/0/projects").unwrap().as_array_mut().unwrap();
    let mut own = projects[0].clone();
    own["fence_radius_m"] = json!(50);
    projects[0].as_object_mut().unwrap().remove("fence_radius_m");
    projects.push(own);
    for (at, login) in ["jianguo", "xiaoyan"].into_iter().enumerate() {
        *file.pointer_mut(&format!("/people/{at}/account/login")).unwrap() = json!(login);
    }
    for project in file.pointer_mut("/owners/0/contracts/0/projects").unwrap().as_array_mut().unwrap() {
        project["lead"] = json!("jianguo");
    }
    let created = create(&app.office, file, &FirmOptions::default()).await.unwrap();
    let mut radii = Vec::new();
    for id in created.projects {
        let read = async move |tx: &mut Tx| {
            let row = tx.query_opt(sql!("SELECT body FROM project WHERE id = ?1"), &row![&id.0]).await?.unwrap();
            row.get::<String>(0)
        };
        let body: Result<String, StoreError> = house.firm.store.read("test", read).await;
        let project: Project = serde_json::from_str(&body.unwrap()).unwrap();
        radii.push(project.fence().unwrap().radius_m());
    }
    assert_eq!(radii, [80, 50]);
}
