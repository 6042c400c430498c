//! A SQLite VFS. It passes every call to the platform's VFS and reports it to the model.
#![expect(
    unsafe_code,
    reason = "SQLite calls a VFS through C function pointers and lets it lay out its files' memory; nothing outside this \
              file does"
)]

use super::{disk::Shared, tree::Node};
use rusqlite::ffi;
use std::{
    ffi::{CStr, CString, OsStr, c_char, c_int, c_void},
    fs, io,
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
    ptr, slice,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

/// What a VFS of ours needs to know; lives as long as the process.
struct Context {
    shared: Arc<Shared>,
    real: *mut ffi::sqlite3_vfs,
}

/// An open file, as SQLite sees it. The platform's own file lies behind it in the same allocation.
#[repr(C)]
struct LossyFile {
    base: ffi::sqlite3_file,
    context: *const Context,
    /// `None` for a temporary file: nobody expects it to survive.
    tracked: Option<Tracked>,
}

struct Tracked {
    node: Node,
    /// The folder whose names the first sync keeps: that of a new journal or log.
    names: Option<PathBuf>,
}

/// Registers a VFS of a fresh name that writes to `shared`. It stays registered: connections may outlive the disk.
///
/// # Errors
/// The platform has no VFS, or SQLite does not take another.
pub(super) fn register(shared: Arc<Shared>) -> io::Result<String> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("lossy-{}", COUNT.fetch_add(1, Ordering::Relaxed));
    // SAFETY: a null name asks for the default VFS, which SQLite keeps for the life of the process.
    let real = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
    if real.is_null() {
        return Err(io::Error::other("SQLite has no default VFS"));
    }
    let context: &'static Context = Box::leak(Box::new(Context { shared, real }));
    let name_c: &'static CStr = Box::leak(CString::new(name.as_str())?.into_boxed_c_str());
    // SAFETY: `real` was found above. Its functions that are not replaced below do not look at `pAppData`, and of the
    // VFS that they are called with read `mxPathname` only, which is copied.
    let mut vfs: ffi::sqlite3_vfs = unsafe { ptr::read(real) };
    vfs.pNext = ptr::null_mut();
    vfs.zName = name_c.as_ptr();
    vfs.pAppData = ptr::from_ref(context).cast_mut().cast();
    vfs.szOsFile += c_int::try_from(size_of::<LossyFile>()).map_err(io::Error::other)?;
    vfs.xOpen = Some(open);
    vfs.xDelete = Some(delete);
    vfs.xCurrentTimeInt64 = Some(current_time);
    vfs.xSleep = Some(sleep);
    // SAFETY: the VFS is leaked, so it outlives SQLite's list.
    let code = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 0) };
    if code == ffi::SQLITE_OK { Ok(name) } else { Err(io::Error::other("SQLite does not take the VFS")) }
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    // Version 2: no memory-mapped reads, which would go past us.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// The names whose durability matters; temporary files have none.
const TRACKED: c_int =
    ffi::SQLITE_OPEN_MAIN_DB | ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL | ffi::SQLITE_OPEN_WAL;
/// Of these the platform's VFS syncs the folder with the first sync of a new file.
const NAMED_AT_SYNC: c_int = ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL | ffi::SQLITE_OPEN_WAL;

/// # Safety
/// `vfs` is one that [`register`] made.
unsafe fn context<'a>(vfs: *mut ffi::sqlite3_vfs) -> &'a Context {
    // SAFETY: `register` set it to a leaked context.
    unsafe { &*(*vfs).pAppData.cast::<Context>() }
}

/// # Safety
/// `file` is one that [`open`] filled.
unsafe fn ours<'a>(file: *mut ffi::sqlite3_file) -> &'a mut LossyFile {
    // SAFETY: SQLite hands back what `open` filled, and to one thread at a time.
    unsafe { &mut *file.cast::<LossyFile>() }
}

/// The platform's file behind ours.
///
/// # Safety
/// `file` has the `szOsFile` bytes that [`register`] asked for.
unsafe fn behind(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: within the allocation; the size of `LossyFile` is a multiple of the alignment of pointers.
    unsafe { file.cast::<u8>().add(size_of::<LossyFile>()).cast() }
}

/// # Safety
/// A C string that lives on, or null.
unsafe fn path_of<'a>(name: *const c_char) -> Option<&'a Path> {
    // SAFETY: the caller's promise.
    (!name.is_null()).then(|| Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes())))
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite calls with our own VFS, `szOsFile` bytes at `file` and a name that lives as long as the file.
    unsafe {
        let context = context(vfs);
        (*file).pMethods = ptr::null();
        let path = path_of(name).filter(|_| flags & TRACKED != 0);
        if path.is_some() && context.shared.call().is_err() {
            return ffi::SQLITE_IOERR;
        }
        let found = path.and_then(|path| fs::read(path).ok());
        let Some(real_open) = (*context.real).xOpen else { return ffi::SQLITE_CANTOPEN };
        let code = real_open(context.real, name, behind(file), flags, out_flags);
        if code != ffi::SQLITE_OK {
            return code;
        }
        let tracked = path.map(|path| track(context, path, found, flags));
        let base = ffi::sqlite3_file { pMethods: &raw const METHODS };
        ptr::write(file.cast::<LossyFile>(), LossyFile { base, context, tracked });
        ffi::SQLITE_OK
    }
}

fn track(context: &Context, path: &Path, found: Option<Vec<u8>>, flags: c_int) -> Tracked {
    let mut state = context.shared.state();
    let is_new = found.is_none();
    let node = match (state.tree.find(path), found) {
        (Some(node), Some(_)) => node,
        (None, Some(bytes)) => state.tree.adopt(path, bytes),
        (_, None) => state.tree.create(path),
    };
    let names = (is_new && flags & NAMED_AT_SYNC != 0).then(|| path.parent().map(Path::to_owned)).flatten();
    Tracked { node, names }
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: SQLite calls with our own VFS and a C string.
    unsafe {
        let context = context(vfs);
        let Some(real_delete) = (*context.real).xDelete else { return ffi::SQLITE_IOERR_DELETE };
        let Ok(mut state) = context.shared.call() else { return ffi::SQLITE_IOERR_DELETE };
        let code = real_delete(context.real, name, 0);
        if code == ffi::SQLITE_OK
            && let Some(path) = path_of(name)
        {
            state.tree.remove(path);
            drop(state);
            if let Some(folder) = path.parent().filter(|_| sync_folder != 0)
                && context.shared.sync_folder(folder).is_err()
            {
                return ffi::SQLITE_IOERR_DIR_FSYNC;
            }
        }
        code
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes what `open` filled, once; nothing of ours is used after it.
    unsafe {
        ours(file).tracked = None;
        match (*(*behind(file)).pMethods).xClose {
            Some(real_close) => real_close(behind(file)),
            None => ffi::SQLITE_OK,
        }
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    bytes: *const c_void,
    count: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite calls with a file that `open` filled and `count` bytes.
    unsafe {
        let (len, Ok(offset)) = (usize::try_from(count).unwrap_or(0), u64::try_from(at)) else {
            return ffi::SQLITE_IOERR_WRITE;
        };
        let ours = ours(file);
        let Ok(mut state) = (*ours.context).shared.call() else { return ffi::SQLITE_IOERR_WRITE };
        if ours.tracked.is_some() && !state.take(len as u64) {
            return ffi::SQLITE_FULL;
        }
        let code = match (*(*behind(file)).pMethods).xWrite {
            Some(real_write) => real_write(behind(file), bytes, count, at),
            None => ffi::SQLITE_IOERR_WRITE,
        };
        if let Some(tracked) = ours.tracked.as_ref().filter(|_| code == ffi::SQLITE_OK) {
            state.tree.write(tracked.node, offset, slice::from_raw_parts(bytes.cast(), len));
        }
        code
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite calls with a file that `open` filled.
    unsafe {
        let ours = ours(file);
        let Ok(mut state) = (*ours.context).shared.call() else { return ffi::SQLITE_IOERR_TRUNCATE };
        let code = match (*(*behind(file)).pMethods).xTruncate {
            Some(real_truncate) => real_truncate(behind(file), size),
            None => ffi::SQLITE_IOERR_TRUNCATE,
        };
        if let Some(tracked) = ours.tracked.as_ref().filter(|_| code == ffi::SQLITE_OK) {
            state.tree.truncate(tracked.node, u64::try_from(size).unwrap_or(0));
        }
        code
    }
}

/// The real disk is not synced. The model decides what survives, and tests stay fast.
unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    // SAFETY: SQLite calls with a file that `open` filled.
    let ours = unsafe { ours(file) };
    if let Some(tracked) = &mut ours.tracked {
        // SAFETY: the context is leaked.
        let synced = unsafe { &*ours.context }.shared.sync(tracked.node, tracked.names.take().as_deref());
        return if synced.is_ok() { ffi::SQLITE_OK } else { ffi::SQLITE_IOERR_FSYNC };
    }
    ffi::SQLITE_OK
}

/// A device that is gone gives nothing back.
unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    to: *mut c_void,
    count: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite calls with a file that `open` filled; the arguments are passed on as they came.
    unsafe {
        if (*ours(file).context).shared.call().is_err() {
            return ffi::SQLITE_IOERR_READ;
        }
        match (*(*behind(file)).pMethods).xRead {
            Some(real_read) => real_read(behind(file), to, count, at),
            None => ffi::SQLITE_IOERR_READ,
        }
    }
}

/// Milliseconds from the beginning of the Julian period, noon of 24 November 4714 BC, to 1970.
const JULIAN_MS: i64 = 210_866_760_000_000;

unsafe extern "C" fn current_time(vfs: *mut ffi::sqlite3_vfs, to: *mut ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite calls with our own VFS and a place for the answer.
    unsafe {
        let context = context(vfs);
        let now_ms = context.shared.state().now_ms();
        match (now_ms, (*context.real).xCurrentTimeInt64) {
            (Some(now_ms), _) => {
                *to = now_ms.saturating_add(JULIAN_MS);
                ffi::SQLITE_OK
            }
            (None, Some(real)) => real(context.real, to),
            (None, None) => ffi::SQLITE_ERROR,
        }
    }
}

/// With a clock of the test's, time passes elsewhere.
unsafe extern "C" fn sleep(vfs: *mut ffi::sqlite3_vfs, micros: c_int) -> c_int {
    // SAFETY: SQLite calls with our own VFS.
    unsafe {
        let context = context(vfs);
        let set = context.shared.state().now_ms().is_some();
        match (*context.real).xSleep {
            Some(real) if !set => real(context.real, micros),
            _ => micros,
        }
    }
}

/// Lets SQLite draw its own random numbers, such as the salt of a log, from `seed`: for the whole process, so before the
/// first connection. A seed of 0 counts as 1.
pub fn seed_sqlite(seed: u32) {
    let seed = c_int::from_ne_bytes(seed.max(1).to_ne_bytes());
    // SAFETY: this control takes an int and a connection, which may be null, and may be called at any time.
    unsafe { ffi::sqlite3_test_control(ffi::SQLITE_TESTCTRL_PRNG_SEED, seed, ptr::null_mut::<ffi::sqlite3>()) };
}

/// The index of a log takes room as well. SQLite's own VFS calls a lack of it an input error; here, where the platform's
/// disk is never full, the code says what it was.
unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    page: c_int,
    size: c_int,
    extend: c_int,
    to: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite calls with a file that `open` filled; the arguments are passed on as they came.
    unsafe {
        let ours = ours(file);
        let bytes = u64::try_from(size).unwrap_or(0);
        let Ok(mut state) = (*ours.context).shared.call() else { return ffi::SQLITE_IOERR_SHMMAP };
        if extend != 0 && ours.tracked.is_some() && !state.take(bytes) {
            return ffi::SQLITE_FULL;
        }
        drop(state);
        match (*(*behind(file)).pMethods).xShmMap {
            Some(real_map) => real_map(behind(file), page, size, extend, to),
            None => ffi::SQLITE_IOERR_SHMMAP,
        }
    }
}

/// Methods that are the platform's own.
macro_rules! passed_on {
    ($($name:ident = $method:ident($($arg:ident: $ty:ty),*) -> $answer:ty, else $missing:expr;)*) => {$(
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $arg: $ty)*) -> $answer {
            // SAFETY: SQLite calls with a file that `open` filled; what lies behind it the platform's VFS filled, and
            // the arguments are passed on as they came.
            unsafe {
                match (*(*behind(file)).pMethods).$method {
                    Some(method) => method(behind(file) $(, $arg)*),
                    None => $missing,
                }
            }
        }
    )*};
}

passed_on! {
    file_size = xFileSize(size: *mut ffi::sqlite3_int64) -> c_int, else ffi::SQLITE_IOERR_FSTAT;
    lock = xLock(level: c_int) -> c_int, else ffi::SQLITE_IOERR_LOCK;
    unlock = xUnlock(level: c_int) -> c_int, else ffi::SQLITE_IOERR_UNLOCK;
    check_reserved_lock = xCheckReservedLock(held: *mut c_int) -> c_int, else ffi::SQLITE_IOERR_CHECKRESERVEDLOCK;
    file_control = xFileControl(op: c_int, arg: *mut c_void) -> c_int, else ffi::SQLITE_NOTFOUND;
    sector_size = xSectorSize() -> c_int, else 512;
    device_characteristics = xDeviceCharacteristics() -> c_int, else 0;
    shm_lock = xShmLock(offset: c_int, count: c_int, flags: c_int) -> c_int, else ffi::SQLITE_IOERR_SHMLOCK;
    shm_barrier = xShmBarrier() -> (), else ();
    shm_unmap = xShmUnmap(delete: c_int) -> c_int, else ffi::SQLITE_OK;
}
