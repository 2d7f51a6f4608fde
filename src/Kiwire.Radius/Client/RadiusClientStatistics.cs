namespace Kiwire.Radius.Client;

/// <summary>What a client has done since it was made.</summary>
/// <param name="Sent">Requests sent for the first time.</param>
/// <param name="Resent">Requests sent again.</param>
/// <param name="Answered">Requests with a genuine answer.</param>
/// <param name="Unanswered">Requests given up.</param>
/// <param name="Malformed">Datagrams ignored because they are not RADIUS packets.</param>
/// <param name="Unexpected">Packets ignored because nobody waits for them: late, repeated, or from a stranger.</param>
/// <param name="Forged">Answers ignored because they are not genuine, or of a code that does not answer the request.</param>
public readonly record struct RadiusClientStatistics(
    long Sent, long Resent, long Answered, long Unanswered, long Malformed, long Unexpected, long Forged);
