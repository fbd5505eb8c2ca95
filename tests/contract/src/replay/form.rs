//! Texts that are compared only by their form. `BY_FORM` lists their members, as
//! `tests/recordings/README.md` describes them.

use serde_json::Value;

use super::BASE;

/// Whether a text has a certain form.
type Form = fn(&str) -> bool;

/// The names of members, each with the form that the recorded value and the mock's value must
/// have.
const BY_FORM: &[(&str, Form)] = &[
    // Tokens and keys.
    ("token", is_filled),
    ("key", is_filled),
    ("keyPostfix", is_filled),
    ("requestToken", is_filled),
    ("traceId", is_filled),
    // Addresses of links.
    ("shareLink", is_address),
    ("shortWebUrl", is_address),
    ("location", is_upload_address),
    // The address of a downloaded archive.
    ("url", is_archive_address),
    // The random color of a room that was created without one.
    ("color", is_palette_color),
    // Error messages and stack traces: any text, but not an empty one.
    ("message", is_filled),
    ("stack", is_filled),
    ("error", is_filled),
    // The comment of a restored version contains the date of the version.
    ("comment", is_restored),
    // The headers of a delivery, with its signature.
    ("requestHeaders", is_signed),
];

/// Members with a moment that the portal chose. Expiry dates of links are not among them, because
/// the request contains them.
const DATES: &[&str] = &[
    "created",
    "updated",
    "registrationDate",
    "createOn",
    "lastUsed",
    "lastModified",
    "lastOpened",
    "expiresAt",
    "expires",
    "autoDelete",
    // The end of a file in a room with a lifetime. Of a link it is true or false.
    "expired",
    "date",
    "createdOn",
    "modifiedOn",
    "lastSuccessOn",
    "lastFailureOn",
    "creationTime",
    "delivery",
];

/// Whether this member is compared by its form, and both texts have that form.
pub(super) fn have_form_of_member(key: &str, recorded: &str, got: &str) -> bool {
    if recorded.starts_with("${base}/s/") {
        return is_address(got);
    }
    if DATES.contains(&key) {
        return date_form(recorded).is_some_and(|form| date_form(got) == Some(form));
    }
    let form = BY_FORM.iter().find(|(name, _)| *name == key).map(|(_, form)| form);
    form.is_some_and(|form| form(recorded) && form(got))
}

/// Whether the seconds of a date have a fraction.
#[derive(Debug, PartialEq, Eq)]
enum Fraction {
    Missing,
    /// Seven zeros.
    Zero,
    Some,
}

/// What two dates must have in common: the fraction of the seconds, and the text after it, which is
/// `Z`, an offset or nothing. `None` for a text that is not a date.
fn date_form(text: &str) -> Option<(Fraction, &str)> {
    let form = "0000-00-00T00:00:00";
    let (start, rest) = text.split_at_checked(form.len())?;
    let is_date = form
        .chars()
        .zip(start.chars())
        .all(|(form, letter)| if form == '0' { letter.is_ascii_digit() } else { form == letter });
    let (fraction, offset) = match rest.strip_prefix('.') {
        None => (Fraction::Missing, rest),
        Some(rest) => {
            let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
            let (digits, offset) = rest.split_at(end);
            match digits.len() {
                7 if digits == "0000000" => (Fraction::Zero, offset),
                7 => (Fraction::Some, offset),
                // A few members have no zeros at the end.
                1..7 if !digits.ends_with('0') => (Fraction::Some, offset),
                _ => return None,
            }
        }
    };
    is_date.then_some((fraction, offset))
}

fn is_filled(text: &str) -> bool {
    !text.is_empty()
}

fn is_signed(text: &str) -> bool {
    text.starts_with(r#"{"Accept":["*/*"],"x-docspace-signature-256":["sha256="#)
}

fn is_address(text: &str) -> bool {
    text.starts_with(&format!("{BASE}/s/")) || text.starts_with("${base}/s/")
}

fn is_upload_address(text: &str) -> bool {
    let path = "/ChunkedUploader.ashx?uid=";
    text.starts_with(&format!("{BASE}{path}")) || text.starts_with(&format!("${{base}}{path}"))
}

fn is_archive_address(text: &str) -> bool {
    let path = "/filehandler.ashx?action=bulk&filename=";
    text.starts_with(&format!("{BASE}{path}")) || text.starts_with(&format!("${{base}}{path}"))
}

fn is_restored(text: &str) -> bool {
    text.starts_with("Restored from the revision of ")
}

/// Whether an address of content is the recorded one with another token in place of `<auth>`.
pub(super) fn have_same_address(recorded: &str, got: &str) -> bool {
    recorded.strip_suffix("<auth>").is_some_and(|start| {
        let prefix = got.rsplit_once('=').map_or("", |(prefix, _)| prefix);
        without_numbers(start) == without_numbers(&format!("{prefix}="))
    })
}

fn is_palette_color(text: &str) -> bool {
    let palette = ["FF6680", "FF8F40", "F2D230", "61C059", "70E096", "1FCECB", "5CC3F7", "6191F2", "7757D9", "B679F2"];
    palette.contains(&text)
}

/// The text with each run of digits replaced by `#`, if it is the address or the name of a picture
/// or a file. Hashes and ids in such texts are random.
pub(super) fn without_numbers(text: &str) -> String {
    if !text.contains("?hash=")
        && !text.contains("&fileid=")
        && !text.contains("/logos_temp/")
        && !text.starts_with("DocumentBuilderTask_")
    {
        return text.to_owned();
    }
    let mut form = String::new();
    for letter in text.chars() {
        let digit = letter.is_ascii_hexdigit() || letter == '-';
        if !(digit && form.ends_with('#')) {
            form.push(if digit { '#' } else { letter });
        }
    }
    form
}

/// The names and types of a value at any depth. The items of lists are left out.
pub(super) fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(_) => "bool".into(),
        Value::Number(_) => "number".into(),
        Value::String(_) => "text".into(),
        Value::Array(_) => "list".into(),
        Value::Object(members) => {
            let members: Vec<String> = members.iter().map(|(key, value)| format!("{key}:{}", shape(value))).collect();
            format!("{{{}}}", members.join(","))
        }
    }
}
