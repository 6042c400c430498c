//! The benchmark makes firms by statements of its own, which no test runs.

use firebee_server::store::{DATABASE, Store, migrate::migrate, schema};
use proc_macro2::{TokenStream, TokenTree};
use std::path::{Path, PathBuf};

#[tokio::test]
async fn the_statements_of_the_benchmark_fit_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join(DATABASE);
    let store = Store::sqlite(&database, 1).unwrap();
    migrate(&store, schema::MIGRATIONS).await.unwrap();
    store.close().await;
    let connection = rusqlite::Connection::open(database).unwrap();
    let mut statements = Vec::new();
    for path in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("bench")) {
        collect(std::fs::read_to_string(path).unwrap().parse().unwrap(), &mut statements);
    }
    assert!(statements.len() > 10, "{statements:?}");
    for statement in statements {
        let prepared = connection.prepare(&statement);
        assert!(prepared.is_ok(), "{statement}: {}", prepared.unwrap_err());
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .collect()
}

/// The texts in `sql!`.
fn collect(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let name = at.checked_sub(2).map(|at| tokens[at].to_string());
        match syn::parse2::<syn::LitStr>(group.stream()) {
            Ok(text) if name.as_deref() == Some("sql") => found.push(text.value()),
            _ => collect(group.stream(), found),
        }
    }
}
