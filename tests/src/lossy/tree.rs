//! The model: which bytes and which names a power cut would leave.

use super::Image;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

/// Disks write whole sectors: a torn write keeps some of them.
const SECTOR_BYTES: u64 = 512;

/// A file's bytes, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node(usize);

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    File(Node),
    Folder,
}

/// Something that was done to a file since its last sync.
#[derive(Clone, Debug)]
enum Change {
    Write { at: u64, bytes: Vec<u8> },
    Truncate(u64),
}

#[derive(Clone, Debug, Default)]
struct Bytes {
    kept: Arc<Vec<u8>>,
    pending: Vec<Change>,
}

/// What of the unsynced a power cut leaves.
#[derive(Clone, Copy, Debug)]
pub(super) enum Survivors {
    /// Nothing.
    None,
    /// Any sector of any write and the names of any folder, drawn by a seed.
    Some(u64),
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    bytes: Vec<Bytes>,
    /// The names that a running program sees.
    live: BTreeMap<PathBuf, Entry>,
    /// The names that a power cut leaves.
    kept: BTreeMap<PathBuf, Entry>,
}

impl Tree {
    /// A file that was there before the disk was watched.
    pub(super) fn adopt(&mut self, path: &Path, bytes: Vec<u8>) -> Node {
        let node = self.node(Bytes { kept: Arc::new(bytes), pending: Vec::new() });
        self.live.insert(path.to_owned(), Entry::File(node));
        self.kept.insert(path.to_owned(), Entry::File(node));
        node
    }

    /// A folder that was there before the disk was watched.
    pub(super) fn adopt_folder(&mut self, path: &Path) {
        self.live.insert(path.to_owned(), Entry::Folder);
        self.kept.insert(path.to_owned(), Entry::Folder);
    }

    /// The file of this name, if it is known.
    pub(super) fn find(&self, path: &Path) -> Option<Node> {
        match self.live.get(path) {
            Some(Entry::File(node)) => Some(*node),
            _ => None,
        }
    }

    pub(super) fn create(&mut self, path: &Path) -> Node {
        let node = self.node(Bytes::default());
        self.live.insert(path.to_owned(), Entry::File(node));
        node
    }

    pub(super) fn create_folder(&mut self, path: &Path) {
        self.live.insert(path.to_owned(), Entry::Folder);
    }

    pub(super) fn write(&mut self, node: Node, at: u64, bytes: &[u8]) {
        self.change(node, Change::Write { at, bytes: bytes.to_owned() });
    }

    pub(super) fn truncate(&mut self, node: Node, len: u64) {
        self.change(node, Change::Truncate(len));
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) {
        if let Some(entry) = self.live.remove(from) {
            self.live.insert(to.to_owned(), entry);
        }
    }

    pub(super) fn remove(&mut self, path: &Path) {
        self.live.remove(path);
    }

    pub(super) fn remove_folder(&mut self, folder: &Path) {
        self.live.retain(|path, _| !path.starts_with(folder));
    }

    /// The bytes written so far are kept, under whatever name is.
    pub(super) fn sync(&mut self, node: Node) {
        let Some(file) = self.bytes.get_mut(node.0) else { return };
        let pending = std::mem::take(&mut file.pending);
        if !pending.is_empty() {
            let kept = Arc::make_mut(&mut file.kept);
            pending.iter().for_each(|change| change.apply(kept, &mut || true));
        }
    }

    /// The names in a folder are kept as they are now.
    pub(super) fn sync_folder(&mut self, folder: &Path) {
        self.kept.retain(|path, _| path.parent() != Some(folder));
        let names = self.live.iter().filter(|(path, _)| path.parent() == Some(folder));
        self.kept.extend(names.map(|(path, entry)| (path.clone(), *entry)));
    }

    /// What a power cut leaves now, relative to `root`. A name counts only when each folder above it survived.
    pub(super) fn image(&self, root: &Path, survivors: Survivors) -> Image {
        let mut luck = Luck(match survivors {
            Survivors::None => None,
            Survivors::Some(seed) => Some(seed),
        });
        let names = self.names(&mut luck);
        let mut folders = BTreeSet::from([root.to_owned()]);
        let mut image = Image::default();
        // Parents sort before what they hold.
        for (path, entry) in names {
            let Ok(relative) = path.strip_prefix(root) else { continue };
            if !path.parent().is_some_and(|parent| folders.contains(parent)) {
                continue;
            }
            match entry {
                Entry::Folder => {
                    folders.insert(path.clone());
                    image.folders.insert(relative.to_owned());
                }
                Entry::File(node) => {
                    let Some(bytes) = self.bytes.get(node.0) else { continue };
                    image.files.insert(relative.to_owned(), bytes.left(&mut luck));
                }
            }
        }
        image
    }

    /// The names that are left: folder by folder, those of its last sync or those of now.
    fn names(&self, luck: &mut Luck) -> BTreeMap<PathBuf, Entry> {
        let parents: BTreeSet<&Path> =
            self.live.keys().chain(self.kept.keys()).filter_map(|path| path.parent()).collect();
        let lucky: BTreeSet<&Path> = parents.into_iter().filter(|_| luck.coin()).collect();
        let held = |path: &Path| path.parent().is_some_and(|parent| lucky.contains(parent));
        let now = self.live.iter().filter(|(path, _)| held(path));
        let then = self.kept.iter().filter(|(path, _)| !held(path));
        now.chain(then).map(|(path, entry)| (path.clone(), *entry)).collect()
    }

    fn node(&mut self, bytes: Bytes) -> Node {
        self.bytes.push(bytes);
        Node(self.bytes.len() - 1)
    }

    fn change(&mut self, node: Node, change: Change) {
        if let Some(file) = self.bytes.get_mut(node.0) {
            file.pending.push(change);
        }
    }
}

impl Bytes {
    fn left(&self, luck: &mut Luck) -> Arc<Vec<u8>> {
        if self.pending.is_empty() || luck.0.is_none() {
            return self.kept.clone();
        }
        let mut bytes = self.kept.to_vec();
        self.pending.iter().for_each(|change| change.apply(&mut bytes, &mut || luck.coin()));
        Arc::new(bytes)
    }
}

impl Change {
    /// Does it to `to`, sector by sector as the coin falls.
    fn apply(&self, to: &mut Vec<u8>, coin: &mut impl FnMut() -> bool) {
        match self {
            Self::Truncate(len) => {
                if coin() {
                    to.resize(usize::try_from(*len).unwrap_or(usize::MAX).min(to.len()), 0);
                }
            }
            Self::Write { at, bytes } => {
                let (mut at, mut rest) = (*at, bytes.as_slice());
                while !rest.is_empty() {
                    let room = usize::try_from(SECTOR_BYTES - at % SECTOR_BYTES).unwrap_or(1);
                    let (sector, after) = rest.split_at(room.min(rest.len()));
                    if coin() {
                        put(to, at, sector);
                    }
                    at += sector.len() as u64;
                    rest = after;
                }
            }
        }
    }
}

fn put(to: &mut Vec<u8>, at: u64, bytes: &[u8]) {
    let Ok(from) = usize::try_from(at) else { return };
    let end = from + bytes.len();
    if to.len() < end {
        to.resize(end, 0);
    }
    if let Some(place) = to.get_mut(from..end) {
        place.copy_from_slice(bytes);
    }
}

/// Coins from a seed (SplitMix64); without one, all fall on the side of loss.
struct Luck(Option<u64>);

impl Luck {
    fn coin(&mut self) -> bool {
        let Some(state) = &mut self.0 else { return false };
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(tree: &Tree, name: &str) -> Option<Vec<u8>> {
        tree.image(Path::new("/disk"), Survivors::None).files.get(Path::new(name)).map(|bytes| bytes.to_vec())
    }

    #[test]
    fn bytes_names_and_renames_become_durable_separately() {
        let mut tree = Tree::default();
        let (a, b) = (Path::new("/disk/a"), Path::new("/disk/b"));
        let node = tree.create(a);
        tree.write(node, 0, b"one");
        tree.sync(node);
        assert_eq!(file(&tree, "a"), None, "the name was not synced");
        tree.sync_folder(Path::new("/disk"));
        assert_eq!(file(&tree, "a").unwrap(), b"one");
        tree.write(node, 3, b"two");
        assert_eq!(file(&tree, "a").unwrap(), b"one", "the bytes were not synced");
        tree.rename(a, b);
        tree.sync(node);
        assert_eq!(
            (file(&tree, "a").unwrap(), file(&tree, "b")),
            (b"onetwo".to_vec(), None),
            "the rename was not synced"
        );
        tree.sync_folder(Path::new("/disk"));
        assert_eq!((file(&tree, "a"), file(&tree, "b").unwrap()), (None, b"onetwo".to_vec()));
        tree.truncate(node, 1);
        tree.remove(b);
        assert_eq!(file(&tree, "b").unwrap(), b"onetwo");
    }

    #[test]
    fn a_name_in_a_folder_that_did_not_survive_is_gone() {
        let mut tree = Tree::default();
        let folder = Path::new("/disk/ab");
        tree.create_folder(folder);
        let node = tree.create(&folder.join("cd"));
        tree.write(node, 0, b"x");
        tree.sync(node);
        tree.sync_folder(folder);
        assert_eq!(file(&tree, "ab/cd"), None);
        tree.sync_folder(Path::new("/disk"));
        assert_eq!(file(&tree, "ab/cd").unwrap(), b"x");
    }

    #[test]
    fn a_torn_write_keeps_whole_sectors_and_every_seed_repeats_itself() {
        let mut tree = Tree::default();
        let node = tree.create(Path::new("/disk/a"));
        tree.sync_folder(Path::new("/disk"));
        tree.write(node, 100, &[7; 4_000]);
        let torn = |seed| tree.image(Path::new("/disk"), Survivors::Some(seed));
        let lens: BTreeSet<Vec<u8>> = (0..50).map(|seed| torn(seed).files[Path::new("a")].to_vec()).collect();
        assert!(lens.len() > 10, "the seeds tear alike");
        assert_eq!(torn(3), torn(3));
        for bytes in lens {
            for (n, sector) in bytes.chunks(512).enumerate() {
                let written = &sector[if n == 0 { 100.min(sector.len()) } else { 0 }..];
                assert!(written.iter().all(|byte| *byte == 7) || written.iter().all(|byte| *byte == 0));
            }
        }
    }
}
