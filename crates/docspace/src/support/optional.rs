//! Settings that a program may have or not, such as those from its own flags.

/// Adds the method `with_option` to a builder.
macro_rules! optional_settings {
    ($builder:ident) => {
        impl $builder {
            /// Calls a setter of this builder if there is a value, as in
            /// `.with_option(color, CreateRoom::color)`. For settings that may be missing from the
            /// flags or the configuration of your program.
            pub fn with_option<T>(self, value: Option<T>, setter: impl FnOnce(Self, T) -> Self) -> Self {
                match value {
                    Some(value) => setter(self, value),
                    None => self,
                }
            }
        }
    };
}
pub(crate) use optional_settings;
