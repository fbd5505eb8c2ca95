//! Values of a manifest that have a form of their own: dates, paths of folders, sizes, periods
//! and passwords.

mod date;
mod folder_path;
mod lifetime;
mod password;
mod quota;
mod watermark;

pub use date::Date;
pub use folder_path::FolderPath;
pub use lifetime::{Lifetime, Period, Unit};
pub use password::Password;
pub use quota::Quota;
pub use watermark::Watermark;
