//! Finds the texts below a folder.

use std::{fs, io, path::Path};

use crate::Language;

/// One file of messages.
pub struct Source {
    /// The language that it is in.
    pub language: Language,
    /// The first word of each of its keys: the name of its folder, with dashes.
    pub topic: String,
    /// Where it stands, as defects name it.
    pub path: String,
    /// What the file holds.
    pub content: String,
}

/// Reads every `zh-CN.ftl` and `en.ftl` below a folder, in the order of their paths.
///
/// # Errors
/// What cannot be read, and a file of messages whose name is no language.
pub fn read(root: &Path) -> Result<Vec<Source>, Vec<String>> {
    let (mut sources, mut faults) = (Vec::new(), Vec::new());
    walk(root, &mut sources, &mut faults);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    if faults.is_empty() { Ok(sources) } else { Err(faults) }
}

fn walk(folder: &Path, sources: &mut Vec<Source>, faults: &mut Vec<String>) {
    let told = |path: &Path, error: &io::Error| format!("{}: {error}", path.display());
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return faults.push(told(folder, &error)),
    };
    let topic = folder.file_name().map(|name| name.to_string_lossy().replace('_', "-")).unwrap_or_default();
    for entry in entries {
        let path = match entry {
            Ok(entry) => entry.path(),
            Err(error) => {
                faults.push(told(folder, &error));
                continue;
            }
        };
        if path.is_dir() {
            walk(&path, sources, faults);
        } else if path.extension().is_some_and(|ending| ending == "ftl") {
            let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
            let Some(language) = Language::ALL.into_iter().find(|language| language.tag() == stem) else {
                faults.push(format!("{}: a file of messages is called zh-CN.ftl or en.ftl", path.display()));
                continue;
            };
            match fs::read_to_string(&path) {
                Ok(content) => {
                    sources.push(Source { language, topic: topic.clone(), path: path.display().to_string(), content });
                }
                Err(error) => faults.push(told(&path, &error)),
            }
        }
    }
}
