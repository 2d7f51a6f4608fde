namespace Kiwire.Server.Sms;

/// <summary>Answers in a gateway's place: the demo has one, so that it needs no gateway. Requests for its host go nowhere else.</summary>
internal interface ISmsStandIn
{
    /// <summary>A host that no gateway has.</summary>
    string Host { get; }

    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
