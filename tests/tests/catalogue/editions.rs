//! Editions that plans pin: they stay readable, and what changed between them stands in a page.

use super::changes;
use firebee_domain::catalogue::{Catalogue, Language, Told, sentence};
use firebee_domain::result::Verdict;
use firebee_protocol::catalogue::{EMBEDDED_BYTES, Pack};
use firebee_tests::answers::{Answers, Wanted, answers};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// The edition before the newest.
const EARLIER: &[u8] = include_bytes!("../../../core/domain/tests/editions/2020.05-r2/catalogue.json");

const HEAD: &str = "# The catalogue by edition\n
The catalogue of tests belongs to the platform (R-089). A plan pins the edition with which it was made, by the hash of
its bytes, and its tasks keep that edition (R-093). This page lists what each edition changed. It is made of the two
editions by `tests/tests/catalogue/changes.rs`; a test fails while page and editions differ, and writes the page anew
when it runs with `INSTA_UPDATE=always`.
";

fn earlier() -> Pack {
    Pack::parse(EARLIER).unwrap()
}

/// what changed by edition cannot be wrong, because it follows from the editions.
#[test]
fn r_089_the_page_of_editions_is_what_the_editions_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/catalogue.md");
    let page = format!("{HEAD}\n{}", changes::page(&earlier().catalogue, &Pack::embedded().catalogue));
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &page).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == page, "docs/catalogue.md is not what the editions say");
}

/// an id is never renamed or removed, so that data can refer to it for ever.
#[test]
fn r_089_the_newest_edition_keeps_every_id_of_the_one_before() {
    let (before, after) = (earlier().catalogue, &Pack::embedded().catalogue);
    let lost = |held: &Catalogue| {
        let items = held.items().filter(|at| after.item(&at.item.id).is_none()).map(|at| at.item.id.clone());
        let facilities = held.facilities().filter(|at| after.facility(&at.facility.code).is_none());
        items.chain(facilities.map(|at| at.facility.code.clone())).collect::<Vec<_>>()
    };
    assert_eq!(lost(&before), Vec::<String>::new());
    assert_eq!((before.edition.as_str(), after.edition.as_str()), ("2020.05-r2", "2020.05-r3"));
}

/// a pack is found by the hash of its bytes, whatever its form, and tells what it told: the hash below is that of
/// the sentences which the program before the second form made of it.
#[test]
fn r_093_an_edition_of_the_first_form_reads_and_tells_as_before() {
    let held = earlier();
    assert_eq!(held.id.to_string(), "sha256-a3cdfa62a55597fcd9990b9fe9dd32634a89ecd83b44eb40cc9af65e9428de59");
    assert!(Pack::parse_named(held.id, EARLIER).unwrap() == held && held.id != Pack::embedded().id);
    assert!(Pack::parse_named(held.id, EMBEDDED_BYTES).is_err());
    let mut all = Sha256::new();
    for item in held.catalogue.items() {
        let good = answers(&held.catalogue, item.item, Wanted::Good, "正常").unwrap();
        let none = Answers { variant: None, values: Vec::new() };
        for (answers, verdict) in [(&good, Verdict::Conform), (&none, Verdict::Untestable)] {
            for language in [Language::Chinese, Language::English] {
                let told = Told {
                    location: "三层",
                    ordinal: 1,
                    variant: answers.variant.as_deref(),
                    values: &answers.values,
                    verdict,
                    reason: None,
                };
                all.update(sentence(&held.catalogue, item, &told, language));
                all.update(b"\n");
            }
        }
    }
    let hash: String = all.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hash, "66311fb1a6d974b3be791d417d69d1ac1a71b996f62710f4cb7252a687507dac");
}
