//! What typst sees of the world: the files of one report in memory, and the fonts.

use crate::fonts::Fonts;
use std::collections::HashMap;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

/// The files of a report by their names. The same names serve each report: typst keeps every name for the life of the
/// process and has room for 65,535.
pub struct Files<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    main: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

impl<'a> Files<'a> {
    /// The template's sources, the first of which is the main one; `None` for a name that is no path.
    pub fn new(fonts: &'a Fonts, sources: &[(&str, &str)]) -> Option<Self> {
        let named = sources.iter().map(|(name, text)| {
            let id = id(name)?;
            Some((id, Source::new(id, (*text).to_owned())))
        });
        let sources: Vec<(FileId, Source)> = named.collect::<Option<_>>()?;
        let main = sources.first()?.0;
        let library = LazyHash::new(Library::builder().build());
        Some(Self { library, fonts, main, sources: sources.into_iter().collect(), files: HashMap::new() })
    }

    /// Adds a file.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) {
        if let Some(id) = id(name) {
            self.files.insert(id, Bytes::new(bytes));
        }
    }
}

fn id(name: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern())
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

impl World for Files<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.faces.get(index).cloned()
    }

    /// A report has its own day; the machine's is nothing to it.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
