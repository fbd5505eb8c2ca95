//! The portal's objects as JSON: which members there are, and for whom (portal-facts 5).

pub(crate) mod content;
pub(crate) mod employee;
pub(crate) mod folder;
pub(crate) mod operation;
pub(crate) mod share;
