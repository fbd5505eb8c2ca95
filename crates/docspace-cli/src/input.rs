//! Reading files and standard input.

use std::fs::File;
use std::io::{self, Read};

use crate::failure::Failure;

/// Maximum size of a file or of standard input in bytes, so that a wrong file is not read into
/// memory.
const MAX_SIZE: u64 = 64 << 20;

/// Reads a file, or standard input for `-`.
pub(crate) fn read(path: &str) -> Result<Vec<u8>, Failure> {
    read_at_most(path, MAX_SIZE)
}

/// Returns the name of the input in messages.
pub(crate) fn name(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}

fn read_at_most(path: &str, limit: u64) -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    let mut read = |input: &mut dyn Read| input.take(limit + 1).read_to_end(&mut content);
    let outcome =
        if path == "-" { read(&mut io::stdin().lock()) } else { File::open(path).and_then(|mut file| read(&mut file)) };
    let name = name(path);
    match outcome {
        Ok(size) if u64::try_from(size).is_ok_and(|size| size <= limit) => Ok(content),
        Ok(_) => Err(Failure::usage(format!("{name} is larger than 64 MiB")).advise("use a smaller file")),
        Err(error) => Err(Failure::usage(format!("cannot read {name}: {error}")).advise("check the path of the file")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_read_up_to_the_limit() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let path = file.path().to_str().expect("a path");
        std::fs::write(path, "abc").expect("a file");
        assert_eq!(read_at_most(path, 3).expect("the content"), b"abc");
        assert!(read_at_most(path, 2).is_err() && read("nosuch").is_err());
    }
}
