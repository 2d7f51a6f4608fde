namespace Kiwire.Server.Web;

/// <summary>On an endpoint that reads its body itself: which kinds of file it takes; the OpenAPI document says it.</summary>
internal sealed record FileBody(params string[] ContentTypes);
