#!/bin/sh
# Amazon Neptune: sh neptune.sh https://ENDPOINT:8182 s3://BUCKET/PREFIX REGION ROLE_ARN
# The parts are in S3 (aws s3 cp --recursive . s3://BUCKET/PREFIX --exclude '*' --include 'part-*').
set -eu
curl -sS --fail-with-body -X POST -H 'Content-Type: application/json' "$1/loader" -d "{
  \"source\": \"$2\", \"format\": \"nquads\", \"region\": \"$3\", \"iamRoleArn\": \"$4\",
  \"failOnError\": \"TRUE\", \"queueRequest\": \"TRUE\"}"
