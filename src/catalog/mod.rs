//! The catalogue as files: read, check, write.
