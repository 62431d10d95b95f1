package org.securechat.http.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The body of an answer, which writes itself as one JSON value. */
public interface JsonAnswer {

  /** Writes the value; field names are the wire contract's. */
  void writeTo(JsonGenerator json) throws IOException;
}
