//! The words of a manifest for types and accesses. They are the words of the command's flags.

use docspace::{Access, RoomType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Defines an enum whose variants have a word each.
macro_rules! names {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $word:literal, )+ }
    ) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        pub enum $name {
            $( $(#[$variant_meta])* #[serde(rename = $word)] $variant, )+
        }

        impl $name {
            /// All values.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )+];
            /// The words of all values.
            pub const WORDS: &'static [&'static str] = &[$( $word, )+];

            /// The word in a manifest.
            pub fn word(self) -> &'static str {
                match self {
                    $( Self::$variant => $word, )+
                }
            }

            /// The value with this word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::WORDS.iter().position(|known| *known == word).map(|index| Self::ALL[index])
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

names! {
    /// The type of a room.
    pub enum TypeName {
        /// A room with free settings.
        Custom = "custom",
        /// A room that everyone with its link can open.
        Public = "public",
        /// A room to fill in forms.
        FillingForms = "filling-forms",
        /// A room for editing documents together. The web pages call it a collaboration room.
        Editing = "editing",
        /// A virtual data room.
        VirtualData = "virtual-data",
        /// An AI room.
        Ai = "ai",
    }
}

names! {
    /// What a member, or a person with a link, is allowed to do.
    pub enum AccessName {
        /// Manage the room. Only for people who can be administrators of rooms.
        RoomManager = "room-manager",
        /// Create, edit and delete content.
        ContentCreator = "content-creator",
        /// Edit.
        Editing = "editing",
        /// Fill in forms.
        FillForms = "fill-forms",
        /// View and suggest changes.
        Review = "review",
        /// View and comment.
        Comment = "comment",
        /// View.
        Read = "read",
    }
}

names! {
    /// The type of a link.
    #[derive(Default)]
    pub enum LinkTypeName {
        /// Opens the room to everyone who has the link. A room can have several.
        #[default]
        External = "external",
        /// The room's primary external link. A room has at most one.
        Primary = "primary",
        /// Makes each person who follows it a member. A room has at most one.
        Invitation = "invitation",
    }
}

names! {
    /// A detail that a watermark prints.
    pub enum MarkPart {
        /// The reader's name.
        UserName = "user-name",
        /// The reader's e-mail address.
        UserEmail = "user-email",
        /// The reader's IP address.
        UserIp = "user-ip",
        /// The date.
        Date = "date",
        /// The title of the room.
        RoomTitle = "room-title",
    }
}

impl From<TypeName> for RoomType {
    fn from(name: TypeName) -> Self {
        match name {
            TypeName::Custom => Self::Custom,
            TypeName::Public => Self::Public,
            TypeName::FillingForms => Self::FillingForms,
            TypeName::Editing => Self::Editing,
            TypeName::VirtualData => Self::VirtualData,
            TypeName::Ai => Self::Ai,
        }
    }
}

impl TypeName {
    /// The word of a type of room. `None` for a type that this version does not know.
    pub fn of(room_type: RoomType) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| RoomType::from(*name) == room_type)
    }
}

impl From<AccessName> for Access {
    fn from(name: AccessName) -> Self {
        match name {
            AccessName::RoomManager => Self::RoomManager,
            AccessName::ContentCreator => Self::ContentCreator,
            AccessName::Editing => Self::Editing,
            AccessName::FillForms => Self::FillForms,
            AccessName::Review => Self::Review,
            AccessName::Comment => Self::Comment,
            AccessName::Read => Self::Read,
        }
    }
}

impl AccessName {
    /// The word of an access. `None` for an access that cannot be granted.
    pub fn of(access: Access) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| Access::from(*name) == access)
    }

    /// The words of these accesses.
    pub fn words(accesses: &[Access]) -> Vec<&'static str> {
        accesses.iter().filter_map(|access| Self::of(*access)).map(Self::word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_library_has_a_word() {
        assert!(RoomType::ALL.iter().all(|known| TypeName::of(*known).is_some()));
    }

    #[test]
    fn every_word_names_its_value() {
        assert!(AccessName::ALL.iter().all(|name| AccessName::of_word(name.word()) == Some(*name)));
        assert_eq!(AccessName::of_word("Read"), None);
    }
}
