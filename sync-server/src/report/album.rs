//! The photos of a report, numbered. Selfies are printed where the region says so.

use super::{Worked, told};
use crate::view::Reader;
use firebee_domain::{
    evidence::{Photo, PhotoRole},
    id::{FactId, TaskId},
    report::PhotoLine,
    task::Task,
};
use firebee_protocol::text::word;
use std::collections::HashMap;

/// The photos that count and are here, in the order of their tasks.
pub(super) struct Album {
    lines: Vec<PhotoLine>,
    numbers: HashMap<(TaskId, FactId), u32>,
}

impl Album {
    /// Numbers the photos of all tasks.
    pub(super) fn of(reader: Reader<'_>, tasks: &[Worked], selfies_printed: bool) -> Self {
        let mut album = Self { lines: Vec::new(), numbers: HashMap::new() };
        for worked in tasks {
            let (task, verified) = (&worked.whole.document.task, &worked.whole.verified);
            for photo in task.current_photos().filter(|photo| selfies_printed || photo.taken.role != PhotoRole::Selfie)
            {
                if !verified.contains(&photo.taken.preview) {
                    continue;
                }
                let number = u32::try_from(album.lines.len() + 1).unwrap_or(u32::MAX);
                album.numbers.insert((task.id, photo.fact), number);
                album.lines.push(PhotoLine {
                    number,
                    preview: photo.taken.preview,
                    original: photo.taken.original,
                    caption: caption(reader, worked, photo),
                    taken: told(reader, &photo.at),
                });
            }
        }
        album
    }

    /// The lines, by number.
    pub(super) fn lines(&self) -> Vec<PhotoLine> {
        self.lines.clone()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The numbers of some photos of a task, in order; those that are not in the report have none.
    pub(super) fn numbers(&self, task: &Task, photos: impl Iterator<Item = FactId>) -> Vec<u32> {
        let mut numbers: Vec<u32> = photos.filter_map(|fact| self.numbers.get(&(task.id, fact)).copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// What a photo shows: facility, ordinal and item; else what it was taken for.
fn caption(reader: Reader<'_>, worked: &Worked, photo: &Photo) -> String {
    let task = &worked.whole.document.task;
    let role = word::photo(reader.language, photo.taken.role);
    let shown = photo.key().and_then(|key| Some((key, task.item(key.item)?)));
    let found = shown.and_then(|(key, held)| Some((key, worked.whole.catalogue.item(&held.item_id)?)));
    match found {
        Some((key, item)) => format!("{}({}) · {}", item.facility.name, key.ordinal, item.item.name),
        None => role,
    }
}
