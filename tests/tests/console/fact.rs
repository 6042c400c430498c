//! A fact as it came, for those who handle what does not count.

use crate::{
    both,
    fixture::{Morning, morning},
};
use axum::http::StatusCode;
use firebee_tests::{browse::Browser, kept::lines, office::Office};

both!(a_page_shows_a_fact_as_it_came_with_its_outcome_and_its_receipt);

/// The text of a page's element, as its reader copies it.
fn raw(html: &str, nth: usize) -> String {
    let block = html.split("<pre").nth(nth + 1).and_then(|rest| rest.split_once('>')).unwrap().1;
    let text = block.split("</pre>").next().unwrap();
    text.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}

async fn a_page_shows_a_fact_as_it_came_with_its_outcome_and_its_receipt(office: Office) {
    let Morning { office, submitted, visit, .. } = Box::pin(morning(office)).await;
    let kept = lines(&office.app.store).await;
    let began = kept.iter().find(|kept| kept.bytes.as_ref() == visit.device.log[0].as_slice()).unwrap();
    let li = Browser::of(&office, "li").await;
    let page = li.get(&format!("/facts/{submitted}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let html = page.html();
    assert_eq!(raw(&html, 0).as_bytes(), began.bytes.as_ref(), "the exact line");
    let laid_out: serde_json::Value = serde_json::from_str(&raw(&html, 1)).unwrap();
    assert_eq!(laid_out, serde_json::from_slice::<serde_json::Value>(&began.bytes).unwrap());
    let receipt: serde_json::Value = serde_json::from_str(&raw(&html, 2)).unwrap();
    assert_eq!(receipt["store_id"], began.store.to_string());
    assert!(receipt["seq"].as_u64() >= Some(began.seq), "{receipt}");
    // By its place it is the same page.
    let place = format!("/facts/{}:{}", began.store, began.seq);
    assert_eq!(raw(&li.get(&place).await.html(), 0).as_bytes(), began.bytes.as_ref());
    for nothing in [format!("/facts/{}:99999", began.store), format!("/facts/{}:0", began.store), "/facts/x".into()] {
        assert_eq!(li.get(&nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}
