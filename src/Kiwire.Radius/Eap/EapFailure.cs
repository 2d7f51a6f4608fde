namespace Kiwire.Radius.Eap;

/// <summary>Why a conversation ended without success.</summary>
public enum EapFailure
{
    /// <summary>The peer does not know the password, or there is no such user.</summary>
    WrongPassword,

    /// <summary>Peer and server have no method in common, or the server has none.</summary>
    NoCommonMethod,

    /// <summary>The conversation takes more rounds than any method needs.</summary>
    TooManyRounds,

    /// <summary>What arrived is not an EAP packet, or not one that can begin a conversation.</summary>
    Malformed,

    /// <summary>The peer broke the conversation off.</summary>
    Abandoned,

    /// <summary>The name in the request is not the one that the peer gave (RFC 3579, 2.1); said by who keeps conversations.</summary>
    NameMismatch,

    /// <summary>The request belongs to no conversation that there is; said by who keeps conversations.</summary>
    NoConversation,

    /// <summary>There are as many conversations as may be; said by who keeps conversations.</summary>
    TooManyConversations,
}
