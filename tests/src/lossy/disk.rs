//! The disk: one model behind the VFS and the file layer, with the faults that a test asks for.

use super::{
    Image, LossyFiles, LossyUploads,
    power::Power,
    tree::{Node, Survivors, Tree},
    vfs,
};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// A bug that is planted below the code under test, to see that a test of durability can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// A sync of a file says yes and keeps nothing: what `synchronous=OFF` comes to.
    FilesNotSynced,
    /// A sync of a folder succeeds but keeps nothing, as if the program had left the sync out.
    FoldersNotSynced,
}

/// How much may still be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// No end in sight.
    #[default]
    Endless,
    /// So many bytes more.
    Bytes(u64),
    /// Nothing while this file exists: removing it gives its room back.
    NoneWhile(PathBuf),
}

/// The content of the disk if the power had failed at one moment of the run.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Syncs that had returned before it.
    pub syncs: u64,
    /// Taken inside the next sync: some of what was unsynced survives, torn by the seed.
    pub torn: bool,
    /// What is left.
    pub image: Image,
}

/// Tells Unix milliseconds.
pub type Tell = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How long a sync may take to come, even on a machine that does ten other things.
const SYNC_EXPECTED: Duration = Duration::from_secs(30);

/// A disk below one folder of the real one.
pub struct Disk {
    shared: Arc<Shared>,
    vfs: String,
}

impl Disk {
    /// Watches `root`. What lies there already is durable.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn watching(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        let mut tree = Tree::default();
        adopt_all(&mut tree, &root)?;
        let state = State { tree, ..State::default() };
        let shared =
            Arc::new(Shared { root, state: Mutex::new(state), gate: Mutex::default(), turned: Condvar::new() });
        let vfs = vfs::register(shared.clone())?;
        Ok(Self { shared, vfs })
    }

    /// The folder that is watched.
    pub fn root(&self) -> &Path {
        &self.shared.root
    }

    /// The name of the SQLite VFS that writes to this disk.
    pub fn vfs(&self) -> &str {
        &self.vfs
    }

    /// The server's file layer that writes to this disk.
    pub fn uploads(&self) -> Arc<LossyUploads> {
        Arc::new(LossyUploads::on(self.shared.clone()))
    }

    /// The phone's file layer that writes to this disk.
    pub fn files(&self) -> Arc<LossyFiles> {
        Arc::new(LossyFiles::on(self.shared.clone()))
    }

    /// Plants a bug.
    pub fn plant(&self, lie: Lie) {
        self.shared.state().lie = Some(lie);
    }

    /// Says how much may still be written.
    pub fn set_room(&self, room: Room) {
        self.shared.state().room = room;
    }

    /// Keeps the image of every moment from now on; torn ones are drawn from `seed`.
    pub fn watch(&self, seed: u64) {
        let mut state = self.shared.state();
        state.seed = seed;
        let moment = Moment { syncs: state.syncs, torn: false, image: state.image(&self.shared.root, Survivors::None) };
        state.moments = Some(vec![moment]);
    }

    /// The number of completed syncs. A promise made now must hold in every image with at least this number.
    pub fn syncs(&self) -> u64 {
        self.shared.state().syncs
    }

    /// The moments since [`Disk::watch`], in order, the present one last.
    pub fn moments(&self) -> Vec<Moment> {
        let state = self.shared.state();
        let mut moments = state.moments.clone().unwrap_or_default();
        moments.push(Moment {
            syncs: state.syncs,
            torn: false,
            image: state.image(&self.shared.root, Survivors::None),
        });
        moments
    }

    /// From now on a sync waits for [`Disk::let_go`]: a slow disk, as slow as a test needs.
    pub fn hold(&self) {
        self.shared.gate().held = true;
    }

    /// Waits until a sync waits; false when none came within `SYNC_EXPECTED`.
    pub fn wait_for_a_held_sync(&self) -> bool {
        let (gate, turned) = (self.shared.gate(), &self.shared.turned);
        let reached = turned.wait_timeout_while(gate, SYNC_EXPECTED, |gate| gate.waiting == 0);
        !reached.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Syncs go on.
    pub fn let_go(&self) {
        self.shared.gate().held = false;
        self.shared.turned.notify_all();
    }

    /// What is left if the power goes now: everything that was not synced is gone.
    pub fn cut(&self) -> Image {
        self.shared.state().image(&self.shared.root, Survivors::None)
    }

    /// As [`Disk::cut`], but `seed` draws what of the unsynced is left as well, torn.
    pub fn cut_torn(&self, seed: u64) -> Image {
        self.shared.state().image(&self.shared.root, Survivors::Some(seed))
    }

    /// The power goes after so many calls more, of SQLite's and of the file layers, reads included. Each later call fails
    /// as one to a device that is gone, and changes nothing.
    pub fn power_off_at(&self, calls: u64) {
        self.shared.state().power.ends_after(calls);
    }

    /// The power goes now.
    pub fn power_off(&self) {
        self.shared.state().power.ends();
    }

    /// The calls that worked, since [`Disk::power_off_at`] where that was called.
    pub fn calls(&self) -> u64 {
        self.shared.state().power.calls()
    }

    /// Whether the power is gone.
    pub fn is_off(&self) -> bool {
        self.shared.state().power.is_off()
    }

    /// From now on SQLite takes its time from `clock` and never sleeps, and the ages of files follow it: for a program of
    /// one thread, in which nobody else could end what SQLite waits for.
    pub fn set_clock(&self, clock: Tell) {
        let mut state = self.shared.state();
        state.set_ms = clock();
        state.clock = Some(clock);
    }

    /// Every image holds the real bytes of this file, or of the files of this folder, at `path` below the root: of a
    /// program that syncs them by itself, past this disk.
    pub fn carry(&self, path: &Path) {
        let path = self.shared.root.join(path);
        self.shared.state().carried.push(path);
    }
}

fn adopt_all(tree: &mut Tree, folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            tree.adopt_folder(&path);
            adopt_all(tree, &path)?;
        } else {
            let bytes = fs::read(&path)?;
            tree.adopt(&path, bytes);
        }
    }
    Ok(())
}

pub(super) struct Shared {
    root: PathBuf,
    state: Mutex<State>,
    gate: Mutex<Gate>,
    turned: Condvar,
}

/// Where syncs are held.
#[derive(Default)]
struct Gate {
    held: bool,
    waiting: u32,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) tree: Tree,
    power: Power,
    clock: Option<Tell>,
    /// When the clock was set; files without a time are as old.
    set_ms: i64,
    /// When a file was written last, by the clock.
    written_ms: BTreeMap<PathBuf, i64>,
    carried: Vec<PathBuf>,
    lie: Option<Lie>,
    room: Room,
    syncs: u64,
    seed: u64,
    moments: Option<Vec<Moment>>,
}

impl Shared {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The state, for one more call.
    ///
    /// # Errors
    /// The power is gone.
    pub(super) fn call(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        state.power.call()?;
        Ok(state)
    }

    fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn pass_gate(&self) {
        let mut gate = self.gate();
        gate.waiting += 1;
        self.turned.notify_all();
        let mut gate = self.turned.wait_while(gate, |gate| gate.held).unwrap_or_else(PoisonError::into_inner);
        gate.waiting -= 1;
    }

    /// A file is synced; with `names`, the names of that folder too, as SQLite does for a new log.
    ///
    /// # Errors
    /// The power is gone.
    pub(super) fn sync(&self, node: Node, names: Option<&Path>) -> io::Result<()> {
        self.pass_gate();
        let mut state = self.call()?;
        state.tear(&self.root);
        if state.lie != Some(Lie::FilesNotSynced) {
            state.tree.sync(node);
            if let Some(folder) = names
                && state.lie != Some(Lie::FoldersNotSynced)
            {
                state.tree.sync_folder(folder);
            }
        }
        state.tick(&self.root);
        Ok(())
    }

    pub(super) fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.pass_gate();
        let mut state = self.call()?;
        state.tear(&self.root);
        if state.lie != Some(Lie::FoldersNotSynced) {
            state.tree.sync_folder(folder);
        }
        state.tick(&self.root);
        Ok(())
    }
}

impl State {
    /// Takes room for a write; false when the disk is full.
    pub(super) fn take(&mut self, bytes: u64) -> bool {
        match &mut self.room {
            Room::Endless => true,
            Room::Bytes(left) => left.checked_sub(bytes).inspect(|rest| *left = *rest).is_some(),
            Room::NoneWhile(path) => !path.exists(),
        }
    }

    fn image(&self, root: &Path, survivors: Survivors) -> Image {
        let mut image = self.tree.image(root, survivors);
        self.carried.iter().for_each(|path| image.take_in(root, path));
        image
    }

    /// What the clock says, where one is set.
    pub(super) fn now_ms(&self) -> Option<i64> {
        self.clock.as_ref().map(|clock| clock())
    }

    /// Notes that a file is written now.
    pub(super) fn note_written(&mut self, file: &Path) {
        if let Some(now_ms) = self.now_ms() {
            self.written_ms.insert(file.to_owned(), now_ms);
        }
    }

    /// How long ago a file was written, by the clock; `real` without one.
    pub(super) fn age(&self, file: &Path, real: Duration) -> Duration {
        let Some(now_ms) = self.now_ms() else { return real };
        let written_ms = self.written_ms.get(file).copied().unwrap_or(self.set_ms);
        Duration::from_millis(u64::try_from(now_ms.saturating_sub(written_ms)).unwrap_or(0))
    }

    /// The power goes inside the sync that is about to happen.
    fn tear(&mut self, root: &Path) {
        if self.moments.is_some() {
            let survivors = Survivors::Some(self.seed.wrapping_mul(1_000_003).wrapping_add(self.syncs));
            let moment = Moment { syncs: self.syncs, torn: true, image: self.image(root, survivors) };
            self.moments.get_or_insert_default().push(moment);
        }
    }

    /// A sync has returned.
    fn tick(&mut self, root: &Path) {
        self.syncs += 1;
        if self.moments.is_some() {
            let moment = Moment { syncs: self.syncs, torn: false, image: self.image(root, Survivors::None) };
            self.moments.get_or_insert_default().push(moment);
        }
    }
}
