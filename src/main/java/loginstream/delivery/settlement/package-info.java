/**
 * What becomes of a batch. Fetched records come in and are handed out as batches; what the route has made of them is
 * committed together with their offsets, or comes again. Its door is {@link
 * loginstream.delivery.settlement.Settlement}, one for each consumer thread; who counts is a {@link
 * loginstream.delivery.settlement.BatchListener}. Needs no broker to be tested.
 */
package loginstream.delivery.settlement;
