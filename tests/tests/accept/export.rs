//! What is written out of the packed pushes: the lines as they came, in their order, each with its outcome.

use crate::both;
use firebee_domain::result::Verdict;
use firebee_server::export::facts::{ExportError, Wanted, facts};
use firebee_tests::{device::Device, firm::Firm};

both!(every_line_is_written_out_as_it_came_with_its_place_and_its_outcome);

async fn written(firm: &Firm, wanted: Wanted) -> Vec<u8> {
    let mut out = Vec::new();
    facts(&firm.store, &wanted, &mut out).await.unwrap();
    out
}

async fn every_line_is_written_out_as_it_came_with_its_place_and_its_outcome(firm: Firm) {
    let mut device = Device::claim(&firm, firm.operators[0], 1).await;
    let mut work = device.start_task(&firm, &firm.items_of(0)[..1], firm.assignments[0]);
    device.log.extend([b"not json".to_vec(), vec![0xff, 0xfe, 0x0d], Vec::new(), b" {}".to_vec()]);
    device.result(&firm, &mut work, &firm.items_of(0)[0].clone(), Verdict::Conform);
    device.push_from(&firm, 1).await;
    device.describe(&firm, &mut work);
    let head = device.head();
    device.push_from(&firm, head).await;
    let mut other = Device::claim(&firm, firm.operators[1], 2).await;
    other.start_task(&firm, &firm.items_of(1)[..1], firm.assignments[1]);
    other.push_from(&firm, 1).await;

    let one = Wanted { store: Some(device.store_id), plain: true, ..Wanted::default() };
    let mut expected = device.log.join(&b'\n');
    expected.push(b'\n');
    assert_eq!(written(&firm, one).await, expected, "byte for byte");

    let all = String::from_utf8(written(&firm, Wanted::default()).await).unwrap();
    let told: Vec<serde_json::Value> = all.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(told.len() as u64, head + other.head());
    let own: Vec<_> = told.iter().filter(|told| told["store_id"] == device.store_id.to_string()).collect();
    for (nth, told) in own.iter().enumerate() {
        assert_eq!(told["seq"], nth + 1);
        let text = String::from_utf8_lossy(&device.log[nth]).into_owned();
        match told.get("line") {
            Some(_) => assert!(all.contains(&format!("\"line\":{text}}}")), "{text} stands there unchanged"),
            None => assert!(told["base64"].is_string(), "{told}"),
        }
    }
    let codes: Vec<_> = own.iter().map(|told| told["code"].as_str()).collect();
    let bad = Some("malformed");
    assert_eq!(codes, [None, bad, bad, bad, bad, None, None]);
    assert_eq!(own[4].get("line"), None, "white space around it would be lost");

    let nobody = Wanted { organisation: Some("nobody".into()), ..Wanted::default() };
    let refused = facts(&firm.store, &nobody, &mut Vec::new()).await;
    assert!(matches!(refused, Err(ExportError::NoOrganisation(_))), "{refused:?}");
}
