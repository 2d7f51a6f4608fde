namespace Kiwire.Server.Storage;

/// <summary>Whoever keeps other rooms' things by their identifiers says so here: what is used cannot be deleted. Rooms add their own to the container.</summary>
internal interface IUse
{
    /// <summary>What uses it, as an operator calls it (<c>the SMS policy</c>); null: nothing.</summary>
    Task<string?> FindUseAsync(UnitOfWork unit, long tenantId, UsedKind kind, long id);
}

/// <summary>What may be used.</summary>
internal enum UsedKind
{
    SmsTemplate,
    Profile,
    Zone,
}

/// <summary>Asks all of them.</summary>
internal static class Uses
{
    public static async Task<string?> FindUseAsync(this IEnumerable<IUse> uses, UnitOfWork unit, long tenantId, UsedKind kind, long id)
    {
        foreach (IUse use in uses)
        {
            if (await use.FindUseAsync(unit, tenantId, kind, id) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
