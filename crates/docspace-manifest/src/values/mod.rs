//! Values of a manifest that have a form of their own: dates, sizes, periods and passwords.

mod date;
mod lifetime;
mod password;
mod quota;
mod watermark;

pub use date::Date;
pub use lifetime::{Lifetime, Period, Unit};
pub use password::Password;
pub use quota::Quota;
pub use watermark::Watermark;
