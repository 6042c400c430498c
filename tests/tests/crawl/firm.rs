//! The file of a firm whose every text holds a word that says whose it is.

use serde_json::{Value, json};

/// The file of a firm. `side` begins each of its words: what is public of it, what is the whole firm's, and what belongs to
/// the first and to the second of its owners. `digit` makes its numbers.
pub(super) fn file(side: &str, digit: u8, units: [&str; 2]) -> Value {
    json!({
        "organisation": {
            "name": format!("{side}pub消防技术服务有限公司"),
            "uscc": format!("9163010{digit}MA0000000{digit}"),
            "national_registration_no": format!("{side}firm-{digit}"),
            "service_types": ["maintenance_inspection"]
        },
        "people": people(side, digit),
        "owners": [owner(side, "one", "li", units[0]), owner(side, "two", "sun", units[1])]
    })
}

fn people(side: &str, digit: u8) -> Vec<Value> {
    let roles = [
        ("wang", "company_manager", None),
        ("li", "project_lead", Some("registered_engineer")),
        ("zhao", "project_lead", Some("registered_engineer")),
        ("sun", "project_lead", Some("registered_engineer")),
        ("ma", "field_operator", Some("facility_operator_cert")),
        ("chen", "field_operator", Some("facility_operator_cert")),
        ("bai", "field_operator", Some("facility_operator_cert")),
        ("du", "field_operator", Some("facility_operator_cert")),
    ];
    let person = |(at, (login, category, certificate)): (usize, (&str, &str, Option<&str>))| {
        let held = certificate.map(|kind| {
            let number = format!("{side}pub-{at}");
            json!({ "kind": kind, "level": 1, "number": number, "valid_from": "2024-01-01", "valid_to": "2099-12-31" })
        });
        json!({
            "name": format!("{side}pub{login}"),
            "certificates": held.into_iter().collect::<Vec<_>>(),
            "account": {
                "phone": format!("1390000{digit}00{at}"),
                "login": format!("{side}-{login}"),
                "category": category,
                "enabled": true,
                "technical_director": login == "zhao"
            }
        })
    };
    roles.into_iter().enumerate().map(person).collect()
}

fn owner(side: &str, of: &str, lead: &str, unit: &str) -> Value {
    let word = format!("{side}{of}");
    json!({
        "name": format!("{word}物业"),
        "city": format!("{word}市"),
        "address": format!("{word}路10号"),
        "contracts": [{
            "name": format!("{word}维保合同"),
            "kind": "maintenance",
            "sign_date": "2026-01-05",
            "end_date": "2027-12-31",
            "projects": [{
                "name": format!("{word}大厦"),
                "city": format!("{word}市"),
                "address": format!("{word}路11号"),
                "lead": format!("{side}-{lead}"),
                "location": { "datum": "wgs84", "lat": "36.617000", "lon": "101.778000" },
                "fence_radius_m": 150,
                "buildings": [{
                    "name": format!("{word}主楼"),
                    "area_m2": "12000.5",
                    "area_above_m2": "10000",
                    "area_below_m2": "2000.5",
                    "floors_above": 18,
                    "floors_below": 2,
                    "height_m": "62.4",
                    "water_storage": [{ "kind": "pool", "position": format!("{word}地下"), "capacity_m3": "432" }],
                    "remark": format!("{word}备注")
                }],
                "facilities": ["power-panel", "power-genset"],
                "key_unit": format!("{word}重点单位"),
                "jurisdiction": { "name": unit, "level": "detachment" },
                "particulars": {
                    "credit_code": null,
                    "responsible_person": format!("{word}责任人"),
                    "safety_manager": format!("{word}管理人"),
                    "control_room_phone": "0971-8880000",
                    "unit_type": format!("{word}类型"),
                    "trade": format!("{word}行业"),
                    "price_yuan": "1000",
                    "initials": ""
                }
            }]
        }]
    })
}
