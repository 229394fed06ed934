package dev.rondo.git;

import dev.rondo.git.GitFailure.Category;
import java.io.IOException;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate.Result;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/** Makes an annotated tag. */
record TagMaker(Repository git) {

    String create(String name, String commit, String message, Person tagger) throws IOException {
        String refName = Constants.R_TAGS + name;
        if (!Repository.isValidRefName(refName)) {
            throw new GitFailure(Category.LIMIT, "not a valid tag name: " + name);
        }
        Ref present = git.exactRef(refName);
        if (present != null) {
            return same(present, commit, name);
        }
        try (var walk = new RevWalk(git);
                var inserter = git.newObjectInserter()) {
            var tag = new TagBuilder();
            tag.setTag(name);
            tag.setObjectId(walk.parseCommit(ObjectId.fromString(commit)));
            tag.setMessage(message.endsWith("\n") ? message : message + "\n");
            tag.setTagger(
                    new PersonIdent(tagger.name(), tagger.email(), tagger.at(), ZoneOffset.UTC));
            ObjectId id = inserter.insert(tag);
            inserter.flush();
            var update = git.updateRef(refName);
            update.setNewObjectId(id);
            update.setExpectedOldObjectId(ObjectId.zeroId());
            Result result = update.update();
            if (result != Result.NEW) {
                throw new GitFailure(Category.BROKEN, "cannot make tag " + name + ": " + result);
            }
            return id.name();
        }
    }

    private String same(Ref present, String commit, String name) throws IOException {
        try (var walk = new RevWalk(git)) {
            if (walk.peel(walk.parseAny(present.getObjectId())).name().equals(commit)) {
                return present.getObjectId().name();
            }
        }
        throw new GitFailure(Category.LIMIT, "the tag " + name + " is there for another commit");
    }
}
