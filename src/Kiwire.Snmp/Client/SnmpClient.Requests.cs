using System.Runtime.CompilerServices;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp;

/// <content>What is asked for. Each request is there twice: with an outcome, for whoever asks many; and with an exception.</content>
public sealed partial class SnmpClient
{
    /// <summary>Gets objects. Those that the agent does not have are exceptions among the values, also where it speaks SNMPv1.</summary>
    /// <param name="target">Who is asked.</param>
    /// <param name="ids">The objects' instances; asked for in several requests where they are too many for one.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>A binding for each, in their order; or a fault.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    /// <exception cref="ObjectDisposedException">The client is, or was meanwhile, disposed.</exception>
    public ValueTask<SnmpOutcome> TryGetAsync(SnmpTarget target, ReadOnlyMemory<ObjectId> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return RequestAsync(target, PduType.GetRequest, ids, cancellationToken);
    }

    /// <summary>Gets what comes behind each identifier. The end of the agent's tree is an exception among the values, also under SNMPv1.</summary>
    /// <inheritdoc cref="TryGetAsync"/>
    public ValueTask<SnmpOutcome> TryGetNextAsync(SnmpTarget target, ReadOnlyMemory<ObjectId> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return RequestAsync(target, PduType.GetNextRequest, ids, cancellationToken);
    }

    /// <summary>
    /// Gets what comes behind identifiers, once behind the first <paramref name="nonRepeaters"/> of them and several times behind the others.
    /// The agent may answer with fewer repetitions (RFC 3416, 4.2.3).
    /// </summary>
    /// <param name="target">Who is asked; not by SNMPv1.</param>
    /// <param name="nonRepeaters">How many identifiers are asked for once.</param>
    /// <param name="maxRepetitions">How often the others are, at most; fewer once the agent has answered tooBig.</param>
    /// <param name="ids">The identifiers.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="ArgumentException">SNMPv1 has no GetBulk.</exception>
    /// <inheritdoc cref="TryGetAsync"/>
    public ValueTask<SnmpOutcome> TryGetBulkAsync(
        SnmpTarget target, int nonRepeaters, int maxRepetitions, ReadOnlyMemory<ObjectId> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNegative(nonRepeaters);
        ArgumentOutOfRangeException.ThrowIfNegative(maxRepetitions);
        return target.Credentials.Version == SnmpVersion.V1
            ? throw new ArgumentException("SNMPv1 has no GetBulk; ask by GetNext.", nameof(target))
            : BulkAsync(target, nonRepeaters, maxRepetitions, ids, cancellationToken);
    }

    /// <summary>Sets objects, all of them or none.</summary>
    /// <param name="target">Whose objects.</param>
    /// <param name="bindings">What is set to what.</param>
    /// <param name="cancellationToken">Gives it up; the agent may have set them all the same.</param>
    /// <returns>What the agent says that they are now; or a fault.</returns>
    /// <inheritdoc cref="TryGetAsync"/>
    public ValueTask<SnmpOutcome> TrySetAsync(SnmpTarget target, ReadOnlyMemory<VariableBinding> bindings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return ExchangeAsync(target, new PduRequest { Type = PduType.SetRequest, Bindings = bindings }, cancellationToken);
    }

    /// <summary>Gets objects, as <see cref="TryGetAsync"/> does.</summary>
    /// <exception cref="SnmpException">It failed.</exception>
    public async ValueTask<VariableBinding[]> GetAsync(SnmpTarget target, ReadOnlyMemory<ObjectId> ids, CancellationToken cancellationToken = default) =>
        BindingsOf(await TryGetAsync(target, ids, cancellationToken).ConfigureAwait(false), target);

    /// <summary>Gets what comes behind each identifier, as <see cref="TryGetNextAsync"/> does.</summary>
    /// <exception cref="SnmpException">It failed.</exception>
    public async ValueTask<VariableBinding[]> GetNextAsync(SnmpTarget target, ReadOnlyMemory<ObjectId> ids, CancellationToken cancellationToken = default) =>
        BindingsOf(await TryGetNextAsync(target, ids, cancellationToken).ConfigureAwait(false), target);

    /// <summary>Gets what comes behind identifiers, as <see cref="TryGetBulkAsync"/> does.</summary>
    /// <exception cref="SnmpException">It failed.</exception>
    public async ValueTask<VariableBinding[]> GetBulkAsync(
        SnmpTarget target, int nonRepeaters, int maxRepetitions, ReadOnlyMemory<ObjectId> ids, CancellationToken cancellationToken = default) =>
        BindingsOf(await TryGetBulkAsync(target, nonRepeaters, maxRepetitions, ids, cancellationToken).ConfigureAwait(false), target);

    /// <summary>Sets objects, as <see cref="TrySetAsync"/> does.</summary>
    /// <exception cref="SnmpException">It failed, and nothing is set; but where the answer was lost, it may be.</exception>
    public async ValueTask<VariableBinding[]> SetAsync(SnmpTarget target, ReadOnlyMemory<VariableBinding> bindings, CancellationToken cancellationToken = default) =>
        BindingsOf(await TrySetAsync(target, bindings, cancellationToken).ConfigureAwait(false), target);

    private static VariableBinding[] BindingsOf(in SnmpOutcome outcome, SnmpTarget target) =>
        outcome.IsAnswered ? outcome.Bindings : throw outcome.ToException(target);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SnmpOutcome> RequestAsync(
        SnmpTarget target, PduType type, ReadOnlyMemory<ObjectId> ids, CancellationToken cancellationToken)
    {
        if (ids.Length <= target.BindingLimit)
        {
            SnmpOutcome outcome = await ExchangeAsync(target, new PduRequest { Type = type, Ids = ids }, cancellationToken).ConfigureAwait(false);
            if (!CanDoWithLess(outcome, target, ids.Length))
            {
                return outcome;
            }

            if (outcome.Fault == SnmpFault.TooBig)
            {
                target.LearnTooManyBindings(ids.Length);
            }
        }

        return await RequestInPiecesAsync(target, type, ids, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether another request for some of the same would tell more.</summary>
    private static bool CanDoWithLess(in SnmpOutcome outcome, SnmpTarget target, int count) => outcome.Fault switch
    {
        SnmpFault.TooBig => count > 1,
        SnmpFault.ErrorStatus => IsNoSuchName(outcome, target),
        _ => false,
    };

    // SNMPv1 refuses a request for one name that it does not know; later versions have an exception in its place (RFC 3584, 4.2).
    private static bool IsNoSuchName(in SnmpOutcome outcome, SnmpTarget target) =>
        target.Credentials.Version == SnmpVersion.V1 && outcome.ErrorStatus == SnmpErrorStatus.NoSuchName;

    private async ValueTask<SnmpOutcome> RequestInPiecesAsync(
        SnmpTarget target, PduType type, ReadOnlyMemory<ObjectId> ids, CancellationToken cancellationToken)
    {
        VariableBinding[] bindings = new VariableBinding[ids.Length];
        Queue<int> wanted = new(Enumerable.Range(0, ids.Length));
        SnmpOutcome outcome = SnmpOutcome.Answered(bindings);
        while (wanted.Count > 0)
        {
            int[] piece = [.. wanted.Take(target.BindingLimit)];
            ObjectId[] asked = Array.ConvertAll(piece, index => ids.Span[index]);
            outcome = await ExchangeAsync(target, new PduRequest { Type = type, Ids = asked }, cancellationToken).ConfigureAwait(false);
            if (outcome.IsAnswered)
            {
                for (int i = 0; i < piece.Length; i++)
                {
                    bindings[piece[i]] = outcome.Bindings[i];
                    _ = wanted.Dequeue();
                }
            }
            else if (IsNoSuchName(outcome, target))
            {
                // An index that cannot be is the only name's, or the agent's fault; one name alone is always found.
                if (piece.Length > 1 && (outcome.ErrorIndex < 1 || outcome.ErrorIndex > piece.Length))
                {
                    target.LearnTooManyBindings(piece.Length);
                    continue;
                }

                int missing = piece[piece.Length == 1 ? 0 : outcome.ErrorIndex - 1];
                bindings[missing] = new VariableBinding(
                    ids.Span[missing], SnmpValue.Exception(type == PduType.GetNextRequest ? SnmpType.EndOfMibView : SnmpType.NoSuchObject));
                wanted = new Queue<int>(wanted.Where(index => index != missing));
            }
            else if (outcome.Fault == SnmpFault.TooBig && piece.Length > 1)
            {
                target.LearnTooManyBindings(piece.Length);
            }
            else
            {
                return outcome;
            }
        }

        return outcome.WithBindings(bindings);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<SnmpOutcome> BulkAsync(
        SnmpTarget target, int nonRepeaters, int maxRepetitions, ReadOnlyMemory<ObjectId> ids, CancellationToken cancellationToken)
    {
        while (true)
        {
            int repetitions = Math.Min(maxRepetitions, target.RepetitionLimit);
            SnmpOutcome outcome = await ExchangeAsync(
                target,
                new PduRequest { Type = PduType.GetBulkRequest, NonRepeaters = nonRepeaters, MaxRepetitions = repetitions, Ids = ids },
                cancellationToken).ConfigureAwait(false);
            if (outcome.Fault != SnmpFault.TooBig || repetitions <= 1)
            {
                return outcome;
            }

            target.LearnTooManyRepetitions(repetitions);
        }
    }
}
