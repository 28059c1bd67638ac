//! The codec, rule by rule.
