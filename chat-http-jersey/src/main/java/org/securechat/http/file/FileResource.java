package org.securechat.http.file;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.securechat.domain.file.FileId;
import org.securechat.domain.file.FileName;
import org.securechat.domain.file.FileRecord;
import org.securechat.domain.file.Files;
import org.securechat.domain.file.MimeType;
import org.securechat.domain.file.UploadFile.Arriving;
import org.securechat.domain.rejection.RejectedException;
import org.securechat.domain.rejection.UnavailableException;
import org.securechat.domain.request.SignatureRule;
import org.securechat.domain.session.AuthenticateCaller.Access;
import org.securechat.domain.session.Caller;
import org.securechat.domain.transcript.ConversationId;
import org.securechat.http.answer.Answers;
import org.securechat.http.answer.Problem;
import org.securechat.http.answer.ProblemException;
import org.securechat.http.call.FieldReader.Field;
import org.securechat.http.call.PathIds;
import org.securechat.http.call.QueryReader;
import org.securechat.http.call.SignedCalls;

/** Files: encrypted bytes on their way in and out. */
@Path("api")
public final class FileResource {
  private final Files files;
  private final SignedCalls calls;
  private final long maxFileBytes;

  /**
   * Made once, for all requests.
   *
   * @param maxFileBytes the largest file
   */
  public FileResource(Files files, SignedCalls calls, long maxFileBytes) {
    this.files = files;
    this.calls = calls;
    this.maxFileBytes = maxFileBytes;
  }

  @POST
  @Path("conversations/{id}/files")
  public Response upload(@Context ContainerRequestContext request, @PathParam("id") String id) {
    SignedCalls.VerifiedStream call =
        calls.authenticateStream(
            request, SignatureRule.BOUND_ONCE, Access.FULL_SESSIONS, maxFileBytes);
    QueryReader query = new QueryReader(request);
    Field<FileName> name = query.required("filename", FileName::new);
    Field<MimeType> mimeType = query.required("mime_type", MimeType::new);
    query.requireNoFault();
    Arriving arriving = new Arriving(call.body(), call.announcedLength(), call.claimedDigest());
    try {
      FileRecord file =
          files
              .upload()
              .upload(
                  call.caller(),
                  PathIds.read(id, ConversationId::new),
                  name.get(),
                  mimeType.get(),
                  arriving);
      return Answers.json(201, FileAnswers.file(file)).build();
    } catch (IOException e) {
      throw new ProblemException(Problem.ofStatus(400));
    }
  }

  /** HEAD, too. */
  @GET
  @Path("files/{id}")
  public Response download(@Context ContainerRequestContext request, @PathParam("id") String id) {
    Caller caller =
        calls
            .authenticate(request, SignatureRule.BOUND_REPEATABLE, Access.FULL_SESSIONS)
            .caller()
            .caller();
    FileRecord file = files.read().find(caller, PathIds.read(id, FileId::new));
    return FileAnswer.of(
        request,
        new ServedFile(
            file.name().value(), file.size(), file.sha256(), index -> chunk(file, index)));
  }

  /** When the first byte is out, only the connection's end can say that there are no more. */
  private byte[] chunk(FileRecord file, long index) throws IOException {
    try {
      return files.read().chunk(file, (int) index);
    } catch (RejectedException | UnavailableException e) {
      throw new IOException("A chunk is gone", e);
    }
  }
}
