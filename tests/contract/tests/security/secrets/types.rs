//! Every type of the generated client, filled at random as the document says, with a mark in each place for a secret: no
//! mark is ever shown, and each is sent.

use std::collections::BTreeSet;
use std::fmt::Debug;

use contract::spec::{Spec, members};
use docspace_api::types;
use fastrand::Rng;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// How often each type is filled.
const CASES: u32 = 48;
/// Where what refers to itself ends: below this, only what is required is there.
const DEEPEST: u32 = 6;

/// A type as it reads a value: what it shows and what it sends, or why it cannot read it.
type Look = fn(&Value) -> Result<(String, String), String>;

fn look<T: Debug + Serialize + DeserializeOwned>(value: &Value) -> Result<(String, String), String> {
    let read: T = serde_json::from_value(value.clone()).map_err(|error| error.to_string())?;
    let sent = serde_json::to_string(&read).map_err(|error| error.to_string())?;
    Ok((format!("{read:?} {read:#?}"), sent))
}

macro_rules! types {
    ($($name:ident),+ $(,)?) => {
        const TYPES: &[(&str, Look)] = &[$((stringify!($name), look::<types::$name>)),+];
    };
}

// Every schema with properties; a test says when one is missing.
types![
    ApiKey,
    ApiKeyEnvelope,
    ApiKeyListEnvelope,
    AuthToken,
    AuthTokenEnvelope,
    AuthenticateRequest,
    AuthenticateWithCodeRequest,
    Capabilities,
    CapabilitiesEnvelope,
    ChangeOwnerRequest,
    ChatSettings,
    ConfirmData,
    Contact,
    Cover,
    CoverListEnvelope,
    CreateKeyRequest,
    CreatePeopleGroupRequest,
    CreatePersonRequest,
    CreateRoomFromTemplateRequest,
    CreateRoomGroupRequest,
    CreateRoomRequest,
    CreateTagRequest,
    CreateTemplateRequest,
    CreateThirdPartyRoomRequest,
    Dimensions,
    DraftLocation,
    EnterLinkPasswordRequest,
    Entry,
    EntryBase,
    EntryListEnvelope,
    Envelope,
    EnvelopeLink,
    ExternalDbSync,
    ExternalDbSyncEnvelope,
    ExternalDbSyncForm,
    File,
    FileOperation,
    FileOperationEnvelope,
    FileOperationListEnvelope,
    FlagEnvelope,
    Folder,
    FolderBase,
    FolderContent,
    FolderContentEnvelope,
    FolderEnvelope,
    GroupIcon,
    GroupSummary,
    IndexExport,
    IndexExportEnvelope,
    InvitePeopleRequest,
    Lifetime,
    LifetimeRequest,
    LinkDetails,
    LinkKey,
    LinkKeyEnvelope,
    Logo,
    LogoRequest,
    Member,
    MemberInvitation,
    MemberListEnvelope,
    News,
    NewsListEnvelope,
    OperationRequest,
    PathPart,
    PeopleGroup,
    PeopleGroupEnvelope,
    PeopleGroupListEnvelope,
    Person,
    PersonBase,
    PersonInvitation,
    PersonListEnvelope,
    PortalVersion,
    PortalVersionEnvelope,
    Profile,
    ProfileEnvelope,
    ProfileListEnvelope,
    RenameTagRequest,
    ResendInvitationsRequest,
    ResetRoomQuotaRequest,
    Room,
    RoomEnvelope,
    RoomFromTemplateStatus,
    RoomFromTemplateStatusEnvelope,
    RoomGroup,
    RoomGroupEnvelope,
    RoomGroupListEnvelope,
    RoomLink,
    RoomLinkEnvelope,
    RoomLinkListEnvelope,
    RoomList,
    RoomListEnvelope,
    RoomNews,
    RoomNewsDay,
    RoomNewsListEnvelope,
    RoomsEnvelope,
    Security,
    SetMembersRequest,
    SetMembersResult,
    SetMembersResultEnvelope,
    SetRoomCoverRequest,
    SetRoomGroupIconRequest,
    SetRoomLinkRequest,
    SetRoomQuotaRequest,
    SetTemplatePublicRequest,
    ShareRequest,
    Subject,
    TagNamesRequest,
    TemplateStatus,
    TemplateStatusEnvelope,
    TextEnvelope,
    TextListEnvelope,
    UpdateKeyRequest,
    UpdateRoomGroupRequest,
    UpdateRoomRequest,
    Watermark,
    WatermarkRequest,
];

/// Makes values of the document's schemas.
struct Filler<'d> {
    document: &'d Value,
    random: Rng,
    marks: Vec<String>,
}

impl Filler<'_> {
    fn value(&mut self, schema: &Value, depth: u32) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = self.document.pointer(reference.trim_start_matches('#')).expect("what a reference names");
            return match reference.rsplit('/').next() {
                Some("Secret") => self.mark(),
                Some("Timestamp") => json!("2026-01-02T03:04:05.0000000Z"),
                Some("RoomId" | "FolderId" | "FileId") => json!(self.random.u16(1..)),
                _ => self.value(target, depth),
            };
        }
        if let Some([one]) = schema["allOf"].as_array().map(Vec::as_slice)
            && schema["properties"].is_null()
        {
            return self.value(one, depth);
        }
        for union in ["oneOf", "anyOf"] {
            if let Some(branches) = schema[union].as_array() {
                let branch = &branches[self.random.usize(..branches.len())];
                return self.value(branch, depth + 1);
            }
        }
        if let Some(known) = schema["enum"].as_array() {
            return known[self.random.usize(..known.len())].clone();
        }
        match schema["type"].as_str() {
            Some("string") if schema["format"] == "uuid" => {
                json!(uuid::Uuid::from_u128(self.random.u128(..)).to_string())
            }
            Some("string") => json!(self.text()),
            Some("integer") => json!(self.random.u16(1..100)),
            Some("number") => json!(f64::from(self.random.u16(..)) / 8.0),
            Some("boolean") => json!(self.random.bool()),
            Some("array") if depth > DEEPEST => json!([]),
            Some("array") => (0..self.random.usize(..3)).map(|_| self.value(&schema["items"], depth + 1)).collect(),
            _ => self.object(schema, depth),
        }
    }

    fn object(&mut self, schema: &Value, depth: u32) -> Value {
        let (properties, required) = members(self.document, schema);
        let mut filled = Map::new();
        for (name, property) in &properties {
            let needed = required.contains(&json!(name));
            if needed || depth <= DEEPEST && self.random.u8(..) < 200 {
                filled.insert(name.clone(), self.value(property, depth + 1));
            }
        }
        if schema["additionalProperties"].is_object() {
            filled.insert(self.text(), self.value(&schema["additionalProperties"], depth + 1));
        }
        Value::Object(filled)
    }

    fn text(&mut self) -> String {
        (0..self.random.usize(1..9)).map(|_| self.random.lowercase()).collect()
    }

    /// A secret that stands nowhere else.
    fn mark(&mut self) -> Value {
        let mark = format!("MARK{:032X}", self.random.u128(..));
        self.marks.push(mark.clone());
        mark.into()
    }
}

#[test]
fn no_type_shows_a_secret_and_each_sends_it() {
    let spec = Spec::read();
    let mut with_secrets = BTreeSet::new();
    for (name, look) in TYPES {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        let marked = std::cell::Cell::new(false);
        let hides = |seed| {
            let mut filler = Filler { document: spec.document(), random: Rng::with_seed(seed), marks: Vec::new() };
            let value = filler.value(&schema, 0);
            let (shown, sent) =
                look(&value).map_err(|error| TestCaseError::fail(format!("{name}: {error}: {value}")))?;
            prop_assert!(!shown.contains("MARK"), "{} shows a secret: {}", name, shown);
            for mark in &filler.marks {
                prop_assert!(sent.contains(mark), "{} loses a secret: {} of {}", name, sent, value);
            }
            marked.set(marked.get() || !filler.marks.is_empty());
            Ok(())
        };
        // Each anew, as a runner stops for good after so many successes.
        let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
        runner.run(&any::<u64>(), hides).unwrap_or_else(|error| panic!("{error}"));
        if marked.get() {
            with_secrets.insert(*name);
        }
    }
    for name in ["ApiKey", "AuthTokenEnvelope", "RoomLinkListEnvelope", "AuthenticateRequest", "Room"] {
        assert!(with_secrets.contains(name), "{name} was never filled with a secret");
    }
}

#[test]
fn no_type_of_the_document_is_left_out() {
    let spec = Spec::read();
    let schemas = spec.document()["components"]["schemas"].as_object().unwrap();
    let has_parts = |schema: &Value| !schema["properties"].is_null() || !schema["allOf"].is_null();
    let names: Vec<&String> = schemas.iter().filter(|(_, schema)| has_parts(schema)).map(|(name, _)| name).collect();
    assert!(names.len() > 100);
    let listed: BTreeSet<&str> = TYPES.iter().map(|(name, _)| *name).collect();
    let missing: Vec<_> = names.into_iter().filter(|name| !listed.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "add to the list of types: {missing:?}");
}

/// Parts of names that secrets have.
const SMELLS: [&str; 9] = ["pass", "token", "key", "hash", "secret", "code", "cookie", "credential", "profile"];

/// Names that smell of a secret and hold none, and why.
const HARMLESS: [(&str, &str); 7] = [
    ("providerKey", "names the kind of storage, such as `GoogleDrive`"),
    ("keyPostfix", "the last four characters, by which people tell keys apart"),
    ("statusCode", "the HTTP status"),
    ("authCookieLifetime", "a number of minutes"),
    ("profileUrl", "the address of a person's page, which asks for a login"),
    ("serializedProfile", "who a third party says one is; the proof is in `accessToken` and `codeOAuth`"),
    ("formsItemKey", "names a field of a form"),
];

#[test]
fn what_is_named_like_a_secret_is_one() {
    let spec = Spec::read();
    let mut suspects = Vec::new();
    for (name, schema) in spec.document()["components"]["schemas"].as_object().unwrap() {
        gather(schema, name, &mut suspects);
    }
    assert!(suspects.is_empty(), "make these a Secret, or say why they are none: {suspects:?}");
}

fn gather(schema: &Value, at: &str, suspects: &mut Vec<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let lower = name.to_lowercase();
        let smells = SMELLS.iter().any(|smell| lower.contains(smell));
        let known = HARMLESS.iter().any(|(harmless, _)| harmless == name);
        // What says yes or no can hold nothing.
        if smells && !known && property["type"] != "boolean" && !property.to_string().contains("schemas/Secret\"") {
            suspects.push(format!("{at}.{name}"));
        }
        gather(property, &format!("{at}.{name}"), suspects);
    }
    for list in ["allOf", "oneOf", "anyOf"] {
        schema[list].as_array().into_iter().flatten().for_each(|part| gather(part, at, suspects));
    }
    for inner in ["items", "additionalProperties"] {
        if schema[inner].is_object() {
            gather(&schema[inner], at, suspects);
        }
    }
}
