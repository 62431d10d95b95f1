package org.securechat.http.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, bytes 0-0/10",
    "bytes=2-4, bytes 2-4/10",
    "bytes=9-, bytes 9-9/10",
    "bytes=0-, bytes 0-9/10",
    "bytes=5-99, bytes 5-9/10",
    "bytes=5-9999999999999999999999, bytes 5-9/10",
    "bytes=-3, bytes 7-9/10",
    "bytes=-99, bytes 0-9/10",
    "bytes=-9999999999999999999999, bytes 0-9/10",
    "BYTES=1-1, bytes 1-1/10",
    "bytes= 1-1 , bytes 1-1/10",
    "bytes=00-0000000000000000000000003, bytes 0-3/10",
    "bytes=10-, bytes */10",
    "bytes=10-10, bytes */10",
    "bytes=9999999999999999999999-, bytes */10",
    "bytes=9999999999999999999999-9999999999999999999999, bytes */10",
    "bytes=-0, bytes */10"
  })
  void parse_oneRange_isIt(String field, String contentRange) {
    assertEquals(
        Optional.of(contentRange), ByteRange.parse(field, 10).map(range -> range.contentRange(10)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,3-4",
        "bytes=,0-1",
        "bytes=4-2",
        "bytes=-",
        "bytes=",
        "bytes",
        "items=0-1",
        "",
        "bytes=a-b",
        "bytes=1--2",
        "bytes=+1-2",
        "bytes =0-1",
        "bytes=0 - 1",
        "bytes=٠-١"
      })
  void parse_severalOrOutOfForm_isIgnored(String field) {
    assertEquals(Optional.empty(), ByteRange.parse(field, 10));
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-, bytes */0", "bytes=0-0, bytes */0", "bytes=-0, bytes */0"})
  void parse_ofAnEmptyFile_liesOutside(String field, String contentRange) {
    assertEquals(
        Optional.of(contentRange), ByteRange.parse(field, 0).map(range -> range.contentRange(0)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=-1", "bytes=-99"})
  void parse_endOfAnEmptyFile_isAllOfIt(String field) {
    assertEquals(Optional.empty(), ByteRange.parse(field, 0));
  }
}
