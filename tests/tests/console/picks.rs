//! What was picked from lists on the phone, as the console tells it.

use crate::both;
use firebee_domain::{
    catalogue::Language as Tongue,
    evidence::PhotoRole,
    result::{FaultText, ResultRecorded, Verdict},
};
use firebee_protocol::catalogue::Pack;
use firebee_tests::{
    browse::Browser,
    device::answer,
    office::Office,
    visit::{Visit, said},
};

both!(
    /// reason, part and defect stand on the page in the language of its reader.
    r_144_r_149_a_page_tells_the_picked_reason_and_the_part_and_defect,
);

const PICTURE: &[u8] = include_bytes!("../../fixtures/photos/portrait_6.jpg");

async fn r_144_r_149_a_page_tells_the_picked_reason_and_the_part_and_defect(office: Office) {
    let plan = office.plan().await;
    let items = office.items(plan).await;
    let item = |id: &str| items.iter().find(|issued| issued.item_id == id).unwrap().clone();
    let (fuel, start) = (item("power-genset.b"), item("power-genset.a"));
    let issued = [fuel.clone(), start.clone()];
    office.issue(plan, &issued, "ma").await;
    office.issue(plan, &[item("power-panel.a")], "chen").await;
    let mut visit = Visit::begin(office.firm(plan).await, office.account("ma"), 1).await;
    let mut work = visit.start(&issued, 0);
    let picked = FaultText {
        part: Some("储油设备".into()), defect: Some("附件损坏".into()), text: "接头渗漏".into()
    };
    visit.result(
        &mut work,
        3,
        ResultRecorded { fault: Some(picked), ..said(&fuel, Verdict::Nonconform, "油箱间", "") },
    );
    visit.photo(&mut work, PhotoRole::Evidence, Some(&fuel), PICTURE);
    let stopped = Pack::embedded().catalogue.untestable_reason("stopped").unwrap();
    let told = stopped.told(Some("机组返厂"), Tongue::Chinese);
    let silent = answer(&start, Verdict::Untestable);
    let record = silent.measured_record.replace("not designed", &told);
    let reasoned = ResultRecorded {
        untestable_code: Some("stopped".into()),
        untestable_reason: Some("机组返厂".into()),
        measured_record: record,
        ..silent
    };
    visit.result(&mut work, 3, reasoned);
    visit.photo(&mut work, PhotoRole::Selfie, None, PICTURE);
    visit.describe(&mut work);
    visit.submit(&mut work);
    visit.push().await;
    visit.send_blobs(&office, 0).await;
    let li = Browser::of(&office, "li").await;
    let page = format!("/tasks/{}", work.task);
    let chinese = li.get(&page).await.text();
    for wanted in ["储油设备-附件损坏：接头渗漏", "设备停用，机组返厂", "原因：设备停用，机组返厂"]
    {
        assert!(chinese.contains(wanted), "{wanted} is missing in {chinese}");
    }
    assert!(!chinese.contains("与测试规范不同"), "the page tells what the phone told: {chinese}");
    let english = li.asking_for("en").get(&page).await.text();
    for wanted in ["Fuel storage - Fitting damaged: 接头渗漏", "not tested; reason: out of use, 机组返厂"] {
        assert!(english.contains(wanted), "{wanted} is missing in {english}");
    }
}
