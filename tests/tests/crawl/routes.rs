//! The addresses of the router, as the router itself tells them.

use axum::{Router, body::Body, http::Request};
use std::collections::BTreeSet;
use tower::ServiceExt as _;

/// An address with places for values, such as `/plans/{plan}/issue`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Route {
    /// As the router has it.
    pub(super) pattern: String,
    /// Whether it answers GET.
    pub(super) gets: bool,
    /// Whether it answers POST.
    pub(super) posts: bool,
}

/// All of them.
pub(super) struct Routes {
    /// Those of the console.
    pub(super) all: Vec<Route>,
    /// Those of phones.
    pub(super) of_phones: Vec<String>,
}

impl Routes {
    /// Asks the router for its addresses, and each address for its methods.
    pub(super) async fn of(router: &Router) -> Self {
        let (of_phones, console): (Vec<String>, Vec<String>) =
            patterns(router).into_iter().partition(|pattern| pattern.starts_with("/v1/"));
        let mut all = Vec::new();
        for pattern in console {
            let any = Request::builder().method("REPORT").uri(pattern.replace(['{', '}'], "")).body(Body::empty());
            let answer = router.clone().oneshot(any.unwrap()).await.unwrap();
            let allowed = answer.headers().get("allow").map_or("", |value| value.to_str().unwrap()).to_owned();
            let has = |method| allowed.split(',').any(|known| known == method);
            assert!(has("GET") || has("POST"), "{pattern} answers nothing: {allowed}");
            all.push(Route { gets: has("GET"), posts: has("POST"), pattern });
        }
        Self { all, of_phones }
    }

    /// The route that answers an address, as the router chooses it: a place for a value is the last choice.
    pub(super) fn find(&self, path: &str) -> Option<&Route> {
        let path = path.split('?').next().unwrap_or_default();
        let fits = self.all.iter().filter(|route| values(&route.pattern, path).is_some());
        fits.min_by_key(|route| route.pattern.split('/').map(|part| part.starts_with('{')).collect::<Vec<_>>())
    }
}

/// The values of an address by their names; `None` when the address is not of this pattern.
pub(super) fn values(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (want, have): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    if want.len() != have.len() {
        return None;
    }
    let mut found = Vec::new();
    for (want, have) in want.into_iter().zip(have) {
        match want.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) if !have.is_empty() => found.push((name.to_owned(), have.to_owned())),
            None if want == have => {}
            _ => return None,
        }
    }
    Some(found)
}

/// The router tells its addresses only where it is printed for a programmer: `paths: {RouteId(1): "/tasks", …}`.
pub(super) fn patterns(router: &Router) -> BTreeSet<String> {
    let told = format!("{router:?}");
    let paths = told.split("paths: {").nth(1).unwrap_or_else(|| panic!("the router tells its addresses otherwise"));
    let paths = paths.split("\"}").next().unwrap_or_default();
    let found: BTreeSet<String> = paths.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    let ids = paths.matches("RouteId(").count();
    assert!(ids == found.len() && found.contains("/tasks/{task}"), "{ids} routes, {} addresses", found.len());
    found
}
